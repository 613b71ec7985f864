// The working calendar: a year, a year that is not entered, a decision before and after it is
// entered. Last of the pages, because a decision counts for every dossier of the house; its day lies
// behind the dates of the journeys.
import { test, expect } from '../support/test.js'
import { field } from '../support/filing.js'
import { look } from '../support/look.js'
import { visit } from '../support/visit.js'

const ENTER = '/lich-lam-viec/quyet-dinh'
const button = (page, name) => page.getByRole('main').getByRole('button', { name, exact: true })

test('the calendar of a year, and of one that is not entered', async ({ page, as }) => {
  await page.goto('/lich-lam-viec?nam=2026')
  await expect(page.locator('.mc-month')).toHaveCount(12)
  await look(page, '70-calendar')
  await page.goto('/lich-lam-viec?nam=2027')
  await expect(page.getByRole('main')).toContainText('Hệ thống từ chối tính hạn rơi vào năm 2027')
  await look(page, '71-calendar-not-entered')
  const controller = await as('kiemsoat')
  await visit(controller, '/lich-lam-viec')
  await controller.goto(`${ENTER}?nam=2027`)
  await expect(field(controller, 'days.0.date')).toHaveValue('01/01/2027')
  await look(controller, '72-calendar-proposal')
})

test('a decision is looked at, entered, and proposed to the heads of agencies', async ({ as }) => {
  const controller = await as('kiemsoat')
  await controller.goto(ENTER)
  await button(controller, 'Xem trước').click()
  await expect(controller.locator('.govuk-error-summary')).toBeVisible()
  await look(controller, '73-decision-without-number')
  for (const [name, text] of [
    ['number', '15/QĐ-UBND'],
    ['issuer', 'Ủy ban nhân dân tỉnh'],
    ['issued_on', '10/11/2026'],
    ['days.0.date', '25/11/2026'],
    ['days.0.name', 'Nghỉ tránh bão'],
  ]) {
    await field(controller, name).fill(text)
  }
  await field(controller, 'days.0.kind').selectOption('local_closure')
  await button(controller, 'Xem trước').click()
  await expect(controller.locator('main tbody tr').first()).toBeVisible()
  await look(controller, '74-decision-preview')
  await button(controller, 'Nhập quyết định').click()
  await expect(controller.locator('.mc-flash')).toBeVisible()
  await look(controller, '75-decision-entered')

  const leader = await as('lanhdao.xa1')
  await leader.goto('/lich-lam-viec/de-xuat')
  await look(leader, '76-due-proposals')
  await leader.locator('main a[href$="/correct_due"]').first().click()
  await look(leader, '77-correct-due')
})
