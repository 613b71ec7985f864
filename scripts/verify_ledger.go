// Checks an export of the log with the tlog code of the Go project (golang.org/x/mod, as Debian
// packages it): the signature, every entry against the tree, the proofs. It prints size and root.
//
//	scripts/verify-with-go.sh FOLDER [KEPT-CHECKPOINT]...
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// In C2SP tiles a tile has 256 hashes: 2 to the power of 8.
const height = 8
const width = 1 << height

// folder reads the tiles of an export for package tlog.
type folder string

func (f folder) Height() int { return height }

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		// Package tlog writes the height into the path, C2SP does not.
		path := "tile/" + strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height))
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// entries reads the bundle with this number of so many entries.
func (f folder) entries(number, count int64) ([][]byte, error) {
	tile := tlog.Tile{H: height, L: -1, N: number, W: int(count)}
	path := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/data/", height))
	data, err := os.ReadFile(filepath.Join(string(f), "tile/entries", path))
	if err != nil {
		return nil, err
	}
	var all [][]byte
	for len(data) > 0 {
		length := int(binary.BigEndian.Uint16(data))
		all = append(all, data[2:2+length])
		data = data[2+length:]
	}
	if int64(len(all)) != count {
		return nil, fmt.Errorf("bundle %d has %d entries, not %d", number, len(all), count)
	}
	return all, nil
}

// open reads a signed head.
func open(path string, key note.Verifier) (tlog.Tree, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return tlog.Tree{}, err
	}
	opened, err := note.Open(text, note.VerifierList(key))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("%s: %v", path, err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != key.Name() {
		return tlog.Tree{}, fmt.Errorf("%s is of another log", path)
	}
	// Package tlog reads its own first line, the rest is the same.
	return tlog.ParseTree([]byte("go.sum database tree\n" + lines[1] + "\n" + lines[2] + "\n"))
}

func check(f folder, key note.Verifier, kept []string) error {
	tree, err := open(filepath.Join(string(f), "checkpoint"), key)
	if err != nil {
		return err
	}
	// Every hash that this reader gives is proved by the tiles up to the signed root.
	hashes := tlog.TileHashReader(tree, f)
	for first := int64(0); first < tree.N; first += width {
		count := tree.N - first
		if count > width {
			count = width
		}
		bundle, err := f.entries(first/width, count)
		if err != nil {
			return err
		}
		for i, entry := range bundle {
			index := first + int64(i)
			proved, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
			if err != nil {
				return err
			}
			if proved[0] != tlog.RecordHash(entry) {
				return fmt.Errorf("entry %d is not the one in the tree", index)
			}
		}
	}
	for _, path := range kept {
		old, err := open(path, key)
		if err != nil {
			return err
		}
		proof, err := tlog.ProveTree(tree.N, old.N, hashes)
		if err != nil {
			return fmt.Errorf("%s is not continued: %v", path, err)
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash); err != nil {
			return fmt.Errorf("%s is not continued: %v", path, err)
		}
	}
	last, err := tlog.ProveRecord(tree.N, tree.N-1, hashes)
	if err != nil {
		return err
	}
	leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, tree.N-1)})
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(last, tree.N, tree.Hash, tree.N-1, leaf[0]); err != nil {
		return err
	}
	fmt.Printf("%d entries, root %x, %d kept heads continued\n", tree.N, tree.Hash[:], len(kept))
	return nil
}

func run(args []string) error {
	if len(args) < 1 {
		return fmt.Errorf("which folder?")
	}
	text, err := os.ReadFile(filepath.Join(args[0], "key.pub"))
	if err != nil {
		return err
	}
	key, err := note.NewVerifier(strings.TrimSpace(string(text)))
	if err != nil {
		return err
	}
	return check(folder(args[0]), key, args[1:])
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "WRONG:", err)
		os.Exit(1)
	}
}
