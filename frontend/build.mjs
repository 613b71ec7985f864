// Writes frontend/dist: what the browser gets, and the fonts of the printed papers.
// Plain Node 20, no bundler: copy, patch by string, check that the patch took.
import { cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const from = (...parts) => join(here, 'node_modules', ...parts)
const to = (...parts) => join(here, 'dist', ...parts)
const text = (path) => readFileSync(path, 'utf8')

function must(condition, sentence) {
  if (!condition) throw new Error(`build.mjs: ${sentence}`)
}

function put(path, contents) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
}

function copy(source, target) {
  mkdirSync(dirname(target), { recursive: true })
  cpSync(source, target)
}

const withoutSourceMap = (code) =>
  code.replace(/\s*(\/\*# sourceMappingURL=[^*]*\*\/|\/\/# sourceMappingURL=\S+)\s*$/, '\n')

/** GOV.UK's compiled CSS without GOV.UK's fonts, with our sizes. */
function patchedGovuk() {
  let css = withoutSourceMap(text(from('govuk-frontend/dist/govuk/govuk-frontend.min.css')))
  const count = (pattern) => (css.match(pattern) ?? []).length

  must(count(/@font-face\{/g) === 2, 'govuk-frontend has other @font-face rules than before')
  css = css.replace(/@font-face\{[^}]*\}/g, '')
  must(count(/font-family:/g) >= 100, 'govuk-frontend has fewer font stacks than before')
  css = css.replace(/font-family:[^;}]*/g, 'font-family:var(--mc-font)')
  must(!css.includes('GDS Transport'), 'GDS Transport is still named')

  // The crest of the United Kingdom is not ours to show; we do not use that footer.
  css = css.replace(/(-webkit-)?(background|mask)-image:[^;}]*govuk-crest\.svg[^;}]*;?/g, '')
  must(!/url\(/.test(css), 'govuk-frontend refers to a file we do not ship')

  // Stacked accents (Ễ) need air.
  css = css.replaceAll('font-size:1rem;line-height:1.25', 'font-size:1rem;line-height:1.4')
  css = css.replaceAll(
    'font-size:1.1875rem;line-height:1.3157894737',
    'font-size:1.1875rem;line-height:1.45',
  )
  const tight = /(font-size:[\d.]+(?:rem|pt)(?:!important)?;line-height:)1(\.[012]\d*)?(?=[;!}])/g
  css = css.replace(tight, '$11.3')
  return css
}

const FONT = 'source-sans-3'
// The order matters: latin-ext also claims Ă Đ Ơ Ư, and the last rule wins. With vietnamese
// after it, a Vietnamese page does not fetch latin-ext (60 kB).
const SUBSETS = ['latin-ext', 'vietnamese', 'latin']

function fontFaces() {
  const ranges = JSON.parse(text(from(`@fontsource-variable/${FONT}/unicode.json`)))
  return SUBSETS.map((subset) => {
    must(ranges[subset], `no unicode-range for ${subset}`)
    const file = `${FONT}-${subset}-wght-normal.woff2`
    copy(from(`@fontsource-variable/${FONT}/files/${file}`), to('fonts', file))
    return (
      `@font-face{font-family:"Source Sans 3 Variable";font-style:normal;font-weight:200 900;` +
      `font-display:swap;src:url(fonts/${file}) format("woff2");unicode-range:${ranges[subset]}}`
    )
  }).join('\n')
}

function ownCss() {
  const parts = ['mc', 'mc-frame', 'mc-parts', 'mc-worklist', 'mc-calendar', 'mc-chart', 'mc-leader', 'mc-print']
  return parts.map((name) => text(join(here, 'src', `${name}.css`))).join('\n')
}

/** Our comments explain the source; the browser does not need them. */
const squeezed = (css) =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s+/gm, '')
    .replace(/\n+/g, '\n')

function printFonts() {
  const faces = {
    Regular: '400Regular',
    Bold: '700Bold',
    Italic: '400Regular_Italic',
    BoldItalic: '700Bold_Italic',
  }
  for (const [face, folder] of Object.entries(faces)) {
    copy(
      from(`@expo-google-fonts/tinos/${folder}/Tinos_${folder}.ttf`),
      to('print', `Tinos-${face}.ttf`),
    )
  }
}

function licences() {
  copy(join(here, 'src/licences/govuk-frontend.txt'), to('licences/govuk-frontend.txt'))
  copy(from('htmx.org/LICENSE'), to('licences/htmx.org.txt'))
  copy(from(`@fontsource-variable/${FONT}/LICENSE`), to(`licences/${FONT}.txt`))
  copy(from('@expo-google-fonts/tinos/LICENSE_FONT'), to('licences/tinos.txt'))
}

function summary(folder, prefix = '') {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name)
    const { size } = statSync(path)
    if (statSync(path).isDirectory()) summary(path, `${prefix}${name}/`)
    else console.log(`${String(Math.ceil(size / 1024)).padStart(6)} KiB  ${prefix}${name}`)
  }
}

// Node's recursive cleaning keeps dist itself, so that a watcher on it stays alive.
mkdirSync(to(), { recursive: true })
for (const name of readdirSync(to())) rmSync(to(name), { recursive: true })

put(to('app.css'), squeezed([fontFaces(), patchedGovuk(), ownCss()].join('\n')))
copy(join(here, 'src/app.js'), to('app.js'))
copy(join(here, 'src/favicon.svg'), to('favicon.svg'))
put(
  to('govuk-frontend.min.js'),
  withoutSourceMap(text(from('govuk-frontend/dist/govuk/govuk-frontend.min.js'))),
)
put(to('htmx.min.js'), withoutSourceMap(text(from('htmx.org/dist/htmx.min.js'))))
printFonts()
licences()
summary(to())
