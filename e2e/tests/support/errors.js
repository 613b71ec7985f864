// How a page says what is wrong: a summary on top, a sentence at the place, everything else kept.
import { expect } from '@playwright/test'

export const summary = (page) => page.locator('.govuk-error-summary')

/** The summary names the place with the sentence, links to it, and the place says it too. */
export async function expectComplaint(page, id, sentence) {
  const link = summary(page).locator(`a[href="#${id}"]`)
  await expect(link).toContainText(sentence)
  await expect(page.locator(`[id="${id}-error"]`)).toContainText(sentence)
  const described = await page.locator(`[id="${id}"]`).getAttribute('aria-describedby')
  expect(described?.split(' ')).toContain(`${id}-error`)
  await expect(page).toHaveTitle(/^Lỗi:/)
}
