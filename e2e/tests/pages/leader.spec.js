// The pages of heads and controllers: how it goes, what is odd.
import { test, expect } from '../support/test.js'
import { look } from '../support/look.js'
import { field } from '../support/filing.js'
import { visit } from '../support/visit.js'
import { LEADER_PAGES } from './table.js'

test('the leaders pages, by a controller and by a head of an agency', async ({ as }) => {
  for (const who of ['kiemsoat', 'lanhdao.xa1']) {
    const page = await as(who)
    for (const { address } of LEADER_PAGES) await visit(page, address)
    await visit(page, '/dieu-hanh?lang=en', 'en')
    await page.goto('/dieu-hanh?lang=vi')
  }
  const counter = await as('motcua.xa1')
  for (const { address } of LEADER_PAGES) {
    expect((await counter.goto(address)).status(), address).toBe(404)
  }
})

test('the Monday page leads to a sign, and the sign to a dossier', async ({ as }) => {
  const page = await as('kiemsoat')
  await page.goto('/dieu-hanh')
  await look(page, '80-monday')
  await page.getByRole('main').getByRole('link', { name: 'Dấu hiệu bất thường', exact: true }).click()
  await look(page, '81-signs')
  await page.locator('main td a[href*="dau-hieu=d"]').first().click()
  await look(page, '82-evidence')
  await page.locator('main a[href^="/ho-so/"]').first().click()
  await expect(page).toHaveURL(/\/ho-so\//)
  const leader = await as('lanhdao.xa1')
  await leader.goto('/dieu-hanh?tu=2030-01-01&den=2030-12-31')
  await look(leader, '83-monday-empty')
})

test('a directive is given, reported on, and done; a sign is explained', async ({ as }) => {
  const button = (page, name) => page.getByRole('main').getByRole('button', { name, exact: true })
  const controller = await as('kiemsoat')
  await controller.goto('/dieu-hanh/chi-dao')
  await look(controller, '84-directives-empty')
  await button(controller, 'Ghi vào sổ').click()
  await expect(controller.locator('.govuk-error-summary')).toBeVisible()
  await look(controller, '85-directive-wrong')
  await field(controller, 'agency').selectOption('U26.XA1')
  await field(controller, 'title').fill('Giải quyết dứt điểm hồ sơ quá hạn')
  await field(controller, 'text').fill('Rà soát, giải quyết và xin lỗi người nộp.')
  await field(controller, 'days').fill('3')
  await button(controller, 'Ghi vào sổ').click()
  await expect(controller.locator('.mc-flash')).toBeVisible()
  await look(controller, '86-directive-given')

  const leader = await as('lanhdao.xa1')
  await leader.goto('/dieu-hanh/chi-dao')
  await leader.getByRole('main').getByRole('link', { name: 'Giải quyết dứt điểm' }).click()
  await field(leader, 'text').fill('Đã giải quyết 3 hồ sơ.')
  await field(leader, 'percent').fill('100')
  await button(leader, 'Gửi báo cáo').click()
  await expect(leader.locator('.mc-flash')).toBeVisible()
  await look(leader, '87-directive-reported')

  await leader.goto('/dieu-hanh/ke-hoach')
  await field(leader, 'area').selectOption('digital')
  await field(leader, 'title').fill('Số hóa hồ sơ năm 2026')
  await field(leader, 'product').fill('Báo cáo kết quả số hóa')
  await field(leader, 'due').fill('02/11/2026')
  await button(leader, 'Ghi vào sổ').click()
  await expect(leader.getByRole('main')).toContainText('Quá hạn')
  await look(leader, '88-programme')

  await leader.goto('/dau-hieu')
  await leader.locator('main td a[href*="dau-hieu=d"]').first().click()
  await leader.getByRole('main').getByRole('link', { name: 'Giải trình' }).first().click()
  await field(leader, 'text').fill('Hồ sơ phải chờ kết quả kiểm tra thực địa.')
  await button(leader, 'Ghi vào sổ').click()
  await expect(leader.locator('.mc-flash')).toBeVisible()
  await look(leader, '89-explained')
})

test('a department scores itself, and is appraised', async ({ as }) => {
  const button = (page, name) => page.getByRole('main').getByRole('button', { name, exact: true })
  const leader = await as('lanhdao.xa1')
  await leader.goto('/dieu-hanh/cham-diem')
  await field(leader, 'score.1.1').fill('9')
  await button(leader, 'Ghi điểm tự chấm').click()
  await expect(leader.locator('.govuk-error-summary')).toBeVisible()
  await field(leader, 'score.1.1').fill('1,5')
  await field(leader, 'why.1.1').fill('Kế hoạch ban hành chậm 5 ngày')
  await button(leader, 'Ghi điểm tự chấm').click()
  await expect(leader.locator('.mc-flash')).toBeVisible()
  await look(leader, '90-scorecard-own')
  const controller = await as('kiemsoat')
  await controller.goto('/dieu-hanh/cham-diem?co-quan=U26.XA1')
  await expect(controller.getByRole('main')).toContainText('Kế hoạch ban hành chậm 5 ngày')
  await field(controller, 'score.1.1').fill('1')
  await button(controller, 'Ghi điểm thẩm định').click()
  await expect(controller.locator('.mc-flash')).toBeVisible()
  await look(controller, '91-scorecard-appraised')
})
