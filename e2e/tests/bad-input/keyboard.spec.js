// Signing in and beginning a filing without a mouse.
import { test, expect } from '../support/test.js'
import { field } from '../support/filing.js'
import { CITIZEN, HOUSE, PASSWORD } from '../support/house.js'
import { expectFocusVisible, tabTo } from '../support/keyboard.js'

test('the keyboard alone leads from the start into the form', async ({ page }) => {
  await page.goto('/')
  await page.keyboard.press('Tab')
  await expect(page.locator('.govuk-skip-link')).toBeFocused()
  await expectFocusVisible(page)

  await tabTo(page, 'main a[href="/dang-nhap"]')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/dang-nhap/)
  await tabTo(page, '#login')
  await page.keyboard.type(CITIZEN.login)
  await tabTo(page, '#password')
  await page.keyboard.type(PASSWORD)
  await tabTo(page, 'main button[type="submit"]')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/ho-so-cua-toi$/)

  await page.goto(`/thu-tuc/${HOUSE.procedure}`)
  await tabTo(page, `main a[href^="/nop-ho-so/${HOUSE.procedure}"]`)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/nop-ho-so\//)
  await tabTo(page, 'input[name="truong-hop"]')
  // Space chooses the first, the arrow keys go on.
  await page.keyboard.press('Space')
  for (let n = 0; n < 20; n += 1) {
    const chosen = await page.locator('input[name="truong-hop"]:checked').inputValue()
    if (chosen === HOUSE.case) break
    await page.keyboard.press('ArrowDown')
    await expectFocusVisible(page)
  }
  await tabTo(page, 'main button[type="submit"]')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`truong-hop=${HOUSE.case}`))
  await tabTo(page, '#agency')
  await tabTo(page, '[name="applicant.name"]')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(field(page, 'applicant.name')).toBeFocused()
})
