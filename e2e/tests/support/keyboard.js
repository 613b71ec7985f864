// Going through a page with the keyboard alone.
import { expect } from '@playwright/test'

const AROUND = 8

// The place of what has the focus, with what stands around it; a hidden radio has its label.
function focusedPlace(page) {
  return page.evaluate((around) => {
    const element = document.activeElement
    if (!element || element === document.body) return null
    const { x, y, right, bottom } = element.getBoundingClientRect()
    const left = Math.max(0, x - around)
    const top = Math.max(0, y - around)
    return {
      said: element.outerHTML.slice(0, 120),
      clip: {
        x: left,
        y: top,
        width: Math.min(innerWidth, right + around) - left,
        height: Math.min(innerHeight, bottom + around) - top,
      },
    }
  }, AROUND)
}

/** What has the focus looks different from when it does not have it. */
export async function expectFocusVisible(page) {
  const place = await focusedPlace(page)
  if (!place) return
  const { clip, said } = place
  expect(Math.min(clip.width, clip.height), `${said} is on the screen`).toBeGreaterThan(0)
  const focused = await page.screenshot({ clip })
  const element = await page.evaluateHandle(() => document.activeElement)
  await element.evaluate((node) => node.blur())
  const plain = await page.screenshot({ clip })
  await element.evaluate((node) => node.focus())
  expect(focused.equals(plain), `the focus is visible on ${said}`).toBe(false)
}

/** Presses Tab until the focus is there; everything on the way shows it. */
export async function tabTo(page, selector, most = 30) {
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press('Tab')
    await expectFocusVisible(page)
    const there = await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)
    if (there) return
  }
  throw new Error(`Tab does not reach ${selector} within ${most}`)
}
