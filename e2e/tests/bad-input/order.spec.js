// Codes that nobody has, pages that came too late, addresses that are not one's own.
import { test, expect } from '../support/test.js'
import { button, confirm, open } from '../support/acts.js'
import { file } from '../support/filing.js'
import { CITIZEN, WARD } from '../support/house.js'
import { look } from '../support/look.js'

for (const [what, code] of [
  ['well made', 'H60.30-261124-9999'],
  ['anything', '<b>“không phải mã”</b> ư?'],
]) {
  test(`a code that is unknown, ${what}`, async ({ page }) => {
    await page.goto('/tra-cuu')
    await page.getByLabel('Mã hồ sơ').fill(code)
    await page.getByRole('main').getByRole('button', { name: 'Tra cứu' }).click()
    await expect(page.locator('.govuk-error-summary')).toContainText('Không có hồ sơ nào mang mã này')
    await expect(page.getByLabel('Mã hồ sơ')).toHaveValue(code)
    await expect(page.locator('.mc-timeline')).toHaveCount(0)
    if (what === 'well made') await look(page, '86-unknown-code')
  })
}

test('the second to receive is told, and nothing happens twice', async ({ as }) => {
  const id = await file(await as(CITIZEN.login))
  const first = await as(WARD.counter)
  const second = await first.context().newPage()
  await open(first, id, 'receive')
  await open(second, id, 'receive')
  await confirm(first, 'receive')
  const code = await first.locator('.mc-identity__code').innerText()

  const answer = second.waitForResponse((response) => response.request().method() === 'POST')
  await button(second, 'receive').click()
  expect((await answer).status()).toBe(409)
  await expect(second.getByRole('main')).toContainText('Việc này đã được làm rồi')
  await look(second, '87-too-late')
  await second.goto(`/ho-so/${id}`)
  await expect(second.locator('.mc-identity__code')).toHaveText(code)
})

test('the page of an act that is not open yet says so', async ({ as }) => {
  const id = await file(await as(CITIZEN.login))
  const counter = await as(WARD.counter)
  const response = await counter.goto(`/ho-so/${id}/give_back`)
  expect(response.status()).toBe(409)
  await expect(counter.getByRole('main')).toContainText('Hãy mở lại hồ sơ để xem bước hiện tại')
})

test('a dossier of somebody else is not there', async ({ as }) => {
  const id = await file(await as(CITIZEN.login))
  const other = await as('dan2')
  for (const address of [`/ho-so-cua-toi/${id}`, `/ho-so-cua-toi/${'0'.repeat(32)}`, `/ho-so/${id}`]) {
    const response = await other.goto(address)
    expect(response.status(), address).toBe(404)
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('Không tìm thấy trang')
    expect(await other.content(), address).not.toContain(CITIZEN.name)
  }
  await look(other, '88-not-found')
})
