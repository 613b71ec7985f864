// A permit is issued, found again by its owner, and used instead of a paper: online and at the counter.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test, expect } from '../support/test.js'
import { confirm, firstOfficer, open, perform, workThrough } from '../support/acts.js'
import { expectPdf } from '../support/downloads.js'
import { field, file } from '../support/filing.js'
import { CITIZEN, WARD } from '../support/house.js'
import { look } from '../support/look.js'

const EXTENSION = 'A8.XA.R2026'
const PERMIT = `${EXTENSION}.c02`

/** A permit for her house, from the filing to the seal; the dossier's id. */
async function permit(page, as) {
  const id = await file(page)
  await perform(await as(WARD.counter), id, 'receive')
  await perform(await as(WARD.unitLeader), id, 'assign', firstOfficer)
  const officer = await as(WARD.officer)
  await workThrough(officer, id)
  await perform(officer, id, 'propose')
  await perform(await as(WARD.unitLeader), id, 'work')
  await perform(await as(WARD.leader), id, 'sign')
  await perform(await as(WARD.sealClerk), id, 'issue')
  return id
}

/** The archive behind a link, unpacked by other people's tools, with every sum right. */
async function expectWhole(page, link) {
  const response = await page.context().request.get(await link.getAttribute('href'))
  expect(response.status()).toBe(200)
  const folder = mkdtempSync(path.join(tmpdir(), 'tron-bo-'))
  const archive = path.join(folder, 'tron-bo.zip')
  writeFileSync(archive, await response.body())
  const run = (command, ...args) => execFileSync(command, args, { cwd: folder, encoding: 'utf8' })
  run('python3', '-m', 'zipfile', '-e', archive, folder)
  expect(run('sha256sum', '--strict', '-c', 'SHA256SUMS')).toContain('manifest.json: OK')
}

test('a result is used again by its owner, online and at the counter', async ({ as }) => {
  test.setTimeout(240_000)
  const citizen = await as(CITIZEN.login)
  const id = await permit(citizen, as)
  let code = ''

  await test.step('the dossier is taken away whole', async () => {
    await citizen.goto(`/ho-so-cua-toi/${id}`)
    await expectWhole(citizen, citizen.getByRole('link', { name: 'Tải trọn bộ hồ sơ (ZIP)' }))
    await look(citizen, '60-own-dossier-with-archive')
    const officer = await as(WARD.officer)
    await officer.goto(`/ho-so/${id}`)
    await expectWhole(officer, officer.getByRole('link', { name: 'Tải trọn bộ hồ sơ (ZIP)' }))
  })

  await test.step('her results are kept', async () => {
    await citizen.goto('/ket-qua-cua-toi')
    const mine = citizen.locator('main tbody tr').first()
    code = (await mine.locator('.mc-code').innerText()).trim()
    expect(code).toMatch(/^H60\.30\.GPXD\.2026\.\d{4}$/)
    await expectPdf(citizen, mine.getByRole('link', { name: 'Mở, in' }))
    await look(citizen, '61-own-results')
  })

  await test.step('the form offers the permit, and asks for consent', async () => {
    await citizen.goto(`/nop-ho-so/${EXTENSION}`)
    const choice = field(citizen, `reuse.${PERMIT}`)
    const consent = field(citizen, `consent.${PERMIT}`)
    await expect(choice).toHaveValue('')
    await expect(consent).not.toBeChecked()
    await choice.selectOption(code)
    await look(citizen, '62-reuse-offered')
    await citizen.getByRole('button', { name: 'Nộp hồ sơ' }).click()
    await expect(citizen.locator('.govuk-error-summary')).toContainText('Hãy đánh dấu đồng ý')
    await expect(choice).toHaveValue(code)
    await look(citizen, '63-reuse-without-consent')
  })

  await test.step('at the counter the clerk finds it and records the consent', async () => {
    const counter = await as(WARD.counter)
    await counter.goto(`/quay/nop/${EXTENSION}`)
    await field(counter, 'agency').selectOption({ index: 1 })
    await field(counter, 'applicant.name').fill(CITIZEN.name)
    await field(counter, 'applicant.personal_number').fill(CITIZEN.personalNumber)
    await field(counter, 'applicant.address').fill('Tổ 5, phường Mẫu Một')
    await field(counter, `paper.${EXTENSION}.c01`).selectOption('original')
    await look(counter, '64-counter-before')
    await counter.getByRole('button', { name: 'Tìm kết quả đã có của người nộp' }).click()
    await expect(field(counter, 'applicant.name')).toHaveValue(CITIZEN.name)
    await field(counter, `reuse.${PERMIT}`).selectOption(code)
    await field(counter, `consent.${PERMIT}`).check()
    await look(counter, '65-counter-reuse')
    await counter.getByRole('button', { name: 'Nộp hồ sơ', exact: true }).click()
    await expect(counter).toHaveURL(/\?da=submit$/)
    await expect(counter.getByRole('main')).toContainText('chủ kết quả đồng ý')
    await look(counter, '66-reused-seen')
    await expectPdf(counter, counter.locator('main a[href*="/dung-lai/"]'))
    await open(counter, new URL(counter.url()).pathname.split('/')[2], 'receive')
    await confirm(counter, 'receive')
  })
})
