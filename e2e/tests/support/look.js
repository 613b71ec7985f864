// Looking at a page as an inspector does: rules of accessibility, no sideways scrolling, pictures.
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ARTEFACTS = fileURLToPath(new URL('../../artefacts/', import.meta.url))

const DESK = { width: 1366, height: 900 }
const TELEPHONE = { width: 360, height: 780 }
const NARROWEST = { width: 320, height: 780 }

// Rules of WCAG 2.2 A and AA, and ripe experimental ones, that axe leaves off by default.
const MORE_RULES = ['target-size', 'label-content-name-mismatch', 'td-has-header', 'css-orientation-lock']

const scripted = () => test.info().project.use.javaScriptEnabled !== false

/** Every default rule of axe, and those above: no violation. */
export async function expectAccessible(page, where = page.url()) {
  const rules = Object.fromEntries(MORE_RULES.map((rule) => [rule, { enabled: true }]))
  // One frame, one run: our pages hold no frames, so axe needs no second page to gather results.
  expect(page.frames().length, `frames of ${where}`).toBe(1)
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ rules })
  const { violations, passes } = await axe.analyze()
  expect(passes.length, `axe has looked at ${where}`).toBeGreaterThan(5)
  const told = violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.target.join(' ')}\n    ${node.html.slice(0, 200)}`),
  )
  expect(told, `axe on ${where}`).toEqual([])
}

/** At 320 px nothing makes the page wider than the screen. */
export async function expectNoSidewaysScroll(page, where = page.url()) {
  await page.setViewportSize(NARROWEST)
  const { width, widest } = await page.evaluate(() => {
    const root = document.scrollingElement
    const beyond = (element) => element.getBoundingClientRect().right > innerWidth + 0.5
    const widest = [...document.body.querySelectorAll('*')].filter(beyond).slice(0, 3)
    return {
      width: root.scrollWidth,
      widest: widest.map((element) => element.outerHTML.slice(0, 120)),
    }
  })
  expect(width, `${where} at 320 px; beyond the edge: ${widest.join(' | ')}`).toBeLessThanOrEqual(320)
}

async function picture(page, name, size) {
  await page.setViewportSize(size)
  const file = `${name}-${size.width}.png`
  await page.screenshot({
    path: path.join(ARTEFACTS, test.info().project.name, file),
    fullPage: true,
    animations: 'disabled',
  })
}

/** The page in two sizes for the eye; with JavaScript also by the rules. */
export async function look(page, name) {
  const where = `${name}, ${new URL(page.url()).pathname}`
  await test.step(`look: ${where}`, async () => {
    await picture(page, name, TELEPHONE)
    if (scripted()) {
      await expectAccessible(page, `${where} at 360 px`)
      await expectNoSidewaysScroll(page, where)
    }
    await picture(page, name, DESK)
    if (scripted()) await expectAccessible(page, `${where} at 1366 px`)
  })
}
