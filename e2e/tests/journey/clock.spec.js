// The clock of one dossier: a fee asked for and paid, an apology with a new date, a stop.
import { test, expect } from '../support/test.js'
import { button, confirm, firstOfficer, offers, open, perform } from '../support/acts.js'
import { field, file } from '../support/filing.js'
import { CITIZEN, WARD } from '../support/house.js'
import { look } from '../support/look.js'

const FIRST = '17:30 ngày 16/11/2026'
const NEW = '17:30 ngày 19/11/2026'

test('the clock: a fee asked for and paid, an apology, a stop', async ({ as }) => {
  const [citizen, counter] = [await as(CITIZEN.login), await as(WARD.counter)]
  const [officer, leader] = [await as(WARD.officer), await as(WARD.leader)]
  const id = await file(citizen)
  await perform(counter, id, 'receive')
  await perform(await as(WARD.unitLeader), id, 'assign', firstOfficer)

  await open(officer, id, 'request_payment')
  await button(officer, 'request_payment').click()
  await expect(officer.locator('.govuk-error-summary')).toBeVisible()
  await look(officer, '80-request-payment')
  await field(officer, 'what').fill('Lệ phí cấp giấy phép xây dựng')
  await field(officer, 'amount_vnd').fill('75.000')
  await field(officer, 'legal_basis').fill('Nghị quyết của Hội đồng nhân dân tỉnh')
  await confirm(officer, 'request_payment')
  await citizen.goto(`/ho-so-cua-toi/${id}`)
  await expect(citizen.getByRole('main')).toContainText('75.000 đồng')
  await look(citizen, '81-citizen-owes-a-fee')

  await open(counter, id, 'confirm_payment')
  await look(counter, '82-confirm-payment')
  await field(counter, 'receipt_number').fill('BL-0007')
  await confirm(counter, 'confirm_payment')
  await expect(counter.getByRole('main')).toContainText('biên lai số BL-0007')

  await open(leader, id, 'reappoint')
  await look(leader, '83-reappoint')
  await field(leader, 'reason').fill('Phải chờ kết quả đo đạc.')
  await field(leader, 'working_days').fill('60')
  await button(leader, 'reappoint').click()
  await expect(leader.locator('.govuk-error-summary')).toContainText('2027')
  await look(leader, '89-year-not-entered')
  await field(leader, 'working_days').fill('3')
  await confirm(leader, 'reappoint')
  for (const date of [FIRST, NEW]) await expect(leader.getByRole('main')).toContainText(date)
  await look(leader, '84-due-dates-explained')
  expect(await offers(leader, id, 'reappoint')).toBe(0)
  await citizen.goto(`/ho-so-cua-toi/${id}`)
  await expect(citizen.getByRole('main')).toContainText('Phải chờ kết quả đo đạc.')
  await citizen.locator('main details summary').first().click()
  await look(citizen, '85-citizen-reads-why')

  await leader.goto(`/ho-so/${id}/correct_due`)
  await look(leader, '86-correct-due')
  await open(leader, id, 'stop')
  await look(leader, '87-stop')
  await leader.locator('[name="ground"][value="special_law"]').check()
  await field(leader, 'reason').fill('Khu đất vừa có quyết định thu hồi.')
  await field(leader, 'legal_basis').fill('Luật Xây dựng')
  await confirm(leader, 'stop')
  await citizen.goto(`/ho-so-cua-toi/${id}`)
  await expect(citizen.getByRole('main')).toContainText('Khu đất vừa có quyết định thu hồi.')
  await look(citizen, '88-citizen-is-stopped')
})
