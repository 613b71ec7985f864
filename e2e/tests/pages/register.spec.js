// The register of dossiers: a month with dossiers, a year without, on paper; and every other paper
// of a dossier, where its reader stands.
import { test, expect } from '../support/test.js'
import { perform } from '../support/acts.js'
import { expectPdf } from '../support/downloads.js'
import { file } from '../support/filing.js'
import { CITIZEN, WARD } from '../support/house.js'
import { look } from '../support/look.js'
import { visit } from '../support/visit.js'
import { REGISTER_PAGES } from './table.js'

test('the register of an agency, and the papers of a dossier', async ({ as }) => {
  const [citizen, counter] = [await as(CITIZEN.login), await as(WARD.counter)]
  const id = await file(citizen)
  await perform(counter, id, 'receive')
  for (const paper of ['phieu-kiem-soat', 'phieu-danh-gia']) {
    await counter.goto(`/ho-so/${id}`)
    await expectPdf(counter, counter.locator(`main a[href$="/giay/${paper}"]`))
  }
  await citizen.goto(`/ho-so-cua-toi/${id}`)
  await expectPdf(citizen, citizen.locator('main a[href$="/giay/phieu-danh-gia"]'))
  await expect(citizen.locator('main a[href$="/giay/phieu-kiem-soat"]')).toHaveCount(0)

  await counter.goto('/ho-so')
  await counter.locator('main a[href="/so-theo-doi"]').click()
  await expect(counter.locator('tbody tr').first()).toBeVisible()
  await look(counter, '76-register')
  await expectPdf(counter, counter.locator('main a[href^="/so-theo-doi/in"]'))
  for (const { address } of REGISTER_PAGES.slice(0, 2)) await visit(counter, address)
  await expect(counter.getByRole('main')).toContainText('Không có hồ sơ tiếp nhận trong kỳ này')
  await look(counter, '77-register-empty')
  const controller = await as('kiemsoat')
  await visit(controller, '/so-theo-doi')
  expect((await citizen.goto('/so-theo-doi')).status()).toBe(404)
})
