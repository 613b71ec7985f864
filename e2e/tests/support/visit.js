// A page that must come, be right for axe, fit the screen and be in the right language.
import { expect, test } from '@playwright/test'
import { expectAccessible, expectNoSidewaysScroll } from './look.js'

const DESK = { width: 1366, height: 900 }

/** Goes there: an answer below 400, nothing for axe to say, no sideways scrolling. */
export async function visit(page, address, lang = 'vi') {
  await test.step(`visit ${address}`, async () => {
    const response = await page.goto(address)
    expect(response.status(), address).toBeLessThan(400)
    await expect(page.locator('html')).toHaveAttribute('lang', lang)
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
    await expectAccessible(page, address)
    await expectNoSidewaysScroll(page, address)
    await page.setViewportSize(DESK)
  })
}
