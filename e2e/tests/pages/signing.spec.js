// Signing what waits in one go, and verifying the paper that comes of it: good, altered, unknown;
// the saved page checks the proof from the disk, without a network.
import { writeFile } from 'node:fs/promises'
import { test, expect } from '../support/test.js'
import { confirm, firstOfficer, open, perform, workThrough } from '../support/acts.js'
import { expectPdf } from '../support/downloads.js'
import { file } from '../support/filing.js'
import { CITIZEN, WARD } from '../support/house.js'
import { look } from '../support/look.js'

async function waitsForSignature(as) {
  const citizen = await as(CITIZEN.login)
  const id = await file(citizen)
  await perform(await as(WARD.counter), id, 'receive')
  await perform(await as(WARD.unitLeader), id, 'assign', firstOfficer)
  const officer = await as(WARD.officer)
  await workThrough(officer, id)
  await perform(officer, id, 'propose')
  await perform(await as(WARD.unitLeader), id, 'work')
  return id
}

async function drop(page, bytes) {
  await page.goto('/xac-minh')
  const tep = { name: 'van-ban.pdf', mimeType: 'application/pdf', buffer: bytes }
  await page.locator('main input[type="file"]').setInputFiles(tep)
  await page.getByRole('button', { name: 'Xác minh tệp', exact: true }).click()
}

test('a worklist is signed in one go, and anyone verifies the paper', async ({ as, page }, info) => {
  const id = await waitsForSignature(as)
  const leader = await as(WARD.leader)
  await open(leader, id, 'sign')
  await expectPdf(leader, leader.locator('main a[href$="/ban-ky"]'))
  await leader.goto('/ky-hang-loat')
  await leader.locator('main details summary').first().click()
  await look(leader, '80-batch')
  await leader.locator(`main input[name^="pick.${id}."]`).check()
  await leader.getByRole('button', { name: 'Ký các văn bản đã chọn', exact: true }).click()
  await expect(leader).toHaveURL(/\/ky-hang-loat\/[0-9a-f]{32}$/)
  await expect(leader.getByRole('main')).toContainText('Đã ký 1 trên 1 văn bản.')
  await look(leader, '81-batch-done')

  const clerk = await as(WARD.sealClerk)
  await open(clerk, id, 'issue')
  await look(clerk, '82-seal')
  await confirm(clerk, 'issue')
  const citizen = await as(CITIZEN.login)
  await citizen.goto(`/ho-so-cua-toi/${id}`)
  const code = (await citizen.locator('.mc-identity__code').innerText()).trim()
  const paper = await expectPdf(citizen, citizen.locator('main a[href$="/ket-qua"]').first())

  await drop(page, paper)
  await expect(page.getByRole('main')).toContainText('Đúng bản đã phát hành')
  await look(page, '83-verified')
  const altered = Buffer.from(paper)
  altered[altered.indexOf('motcua')] ^= 1
  await drop(page, altered)
  await expect(page.getByRole('main')).toContainText('Không phải bản đã phát hành')
  await look(page, '84-altered')
  await drop(page, Buffer.from('%PDF-1.7 không phải của ai'))
  await expect(page.getByRole('main')).toContainText('Không phải văn bản của hệ thống này')
  await look(page, '85-unknown')
  await page.goto(`/xac-minh?ma=${code}`)
  await expect(page.getByRole('main')).not.toContainText(CITIZEN.name)
  await look(page, '86-by-code')

  const asked = `ma=${code}&giay=result`
  const proof = await page.context().request.get(`/xac-minh/bang-chung?${asked}`)
  expect(await proof.text()).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex \d+\n/)
  const saved = await page.context().request.get(`/xac-minh/ban-luu?${asked}`)
  const place = info.outputPath('xac-minh.html')
  const html = await saved.text()
  await writeFile(place, html)
  await page.context().setOffline(true)
  await page.goto(`file://${place}`)
  if (info.project.use.javaScriptEnabled !== false) {
    await expect(page.locator('#path')).toHaveClass('good')
    await expect(page.locator('#signature')).toHaveClass('good')
    await look(page, '87-saved')
    await writeFile(place, html.replaceAll('&#34;issued', '&#34;iSsued').replace('\\"issued', '\\"iSsued'))
    await page.goto(`file://${place}`)
    await expect(page.locator('#path')).toHaveClass('bad')
  }
})
