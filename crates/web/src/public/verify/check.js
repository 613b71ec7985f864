// Computes the inclusion proof of this page again: SHA-256 up the path, Ed25519 under the root.
(async () => {
  const text = (id) => document.getElementById(id).textContent;
  const say = (id, good) => {
    const line = document.getElementById(id);
    line.textContent = good ? line.dataset.good : line.dataset.bad;
    line.className = good ? "good" : "bad";
  };
  const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const utf8 = (words) => new TextEncoder().encode(words);
  const joined = (parts) => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  };
  const hash = async (...parts) =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", joined(parts)));
  const node = (left, right) => hash(Uint8Array.of(1), left, right);
  const same = (a, b) => a.length === b.length && a.every((byte, n) => byte === b[n]);
  const hex = (all) => Array.from(all, (byte) => byte.toString(16).padStart(2, "0")).join("");

  const { entry, proof, key } = JSON.parse(text("data"));
  const [head, ...rest] = proof.split("\n\n");
  const note = rest.join("\n\n");
  const lines = head.split("\n");
  const at = lines.findIndex((line) => line.startsWith("index "));
  const index = BigInt(lines[at].slice(6));
  const path = lines.slice(at + 1).map(bytes);
  const signed = `${note.slice(0, note.indexOf("\n\n"))}\n`;
  const [origin, size, root] = signed.split("\n");

  let here = await hash(Uint8Array.of(0), utf8(entry));
  document.getElementById("computed").textContent = hex(here);
  let [first, last] = [index, BigInt(size) - 1n];
  let fits = first <= last;
  for (const next of path) {
    if (last === 0n) fits = false;
    if (first & 1n || first === last) {
      here = await node(next, here);
      while (!(first & 1n) && first !== 0n) {
        first >>= 1n;
        last >>= 1n;
      }
    } else {
      here = await node(here, next);
    }
    first >>= 1n;
    last >>= 1n;
  }
  say("path", fits && last === 0n && same(here, bytes(root)));

  try {
    const [name, , ...public_] = key.split("+");
    const raw = bytes(public_.join("+")).slice(1);
    const public_key = await crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);
    const line = note.split("\n").find((one) => one.startsWith(`— ${name} `));
    const signature = bytes(line.split(" ")[2]).slice(4);
    const good = await crypto.subtle.verify("Ed25519", public_key, signature, utf8(signed));
    say("signature", good && origin === name);
  } catch (error) {
    const line = document.getElementById("signature");
    line.textContent = line.dataset.unknown;
    line.className = "bad";
  }
})();
