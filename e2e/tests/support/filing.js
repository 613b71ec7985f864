// Filling in the form of the house, and reading what came of it.
import { expect } from '@playwright/test'
import { CITIZEN, FILING, HOUSE } from './house.js'
import { REQUIRED } from './files.js'

// Every required field of "Nhà ở riêng lẻ của hộ gia đình, cá nhân", as a person would write it.
export const ANSWERS = {
  'applicant.address': 'Tổ 5, phường Mẫu Một',
  'form.ten_chu_dau_tu': CITIZEN.name,
  'form.so_dinh_danh_chu_ho': CITIZEN.personalNumber,
  'form.so_dien_thoai': CITIZEN.phone,
  'form.email_nhan_thong_bao': 'dan@demo.invalid',
  'form.lo_dat_so': 'Thửa 12, tờ bản đồ 34',
  'form.dien_tich_lo_dat': '120,5',
  'form.dia_diem': 'Tổ 5, phường Mẫu Một',
  'form.phuong_xa': 'Phường Mẫu Một',
  'form.tinh_tp': 'Tuyên Quang',
  'form.tk_ten': 'Công ty Thiết kế Mẫu',
  'form.tk_chu_nhiem': 'Trần Văn Mẫu, HNT-00012345',
  'form.nha_cot': '0,45',
  'form.nha_dtxd1': '80',
  'form.nha_tongsan': '160',
  'form.nha_cao': '7,8',
  'form.nha_tang': '2',
  'form.thoi_gian_hoan_thanh': '6',
  'form.noi_ngay': '24/11/2026',
  'form.nguoi_lam_don': CITIZEN.name,
}

export const CHOICES = {
  'form.loai_chu_dau_tu': 'cá nhân/hộ gia đình',
  'form.nha_cap': 'IV',
  'form.cam_ket': 'đồng ý',
  result: 'online',
}

export const field = (page, name) => page.locator(`[name="${name}"]`)
export const choice = (page, name, value) => page.locator(`[name="${name}"][value="${value}"]`)
export const paper = (page, component) =>
  page.locator(`input[type="file"][name="paper.${HOUSE.procedure}.${component}"]`)

// Fills in the open form; `answers` replace the usual ones.
export async function fillIn(page, answers = {}, papers = REQUIRED) {
  await field(page, 'agency').selectOption(HOUSE.agency)
  for (const [name, text] of Object.entries({ ...ANSWERS, ...answers })) {
    await field(page, name).fill(text)
  }
  for (const [name, value] of Object.entries(CHOICES)) await choice(page, name, value).check()
  for (const [component, file] of Object.entries(papers)) {
    await paper(page, component).setInputFiles(file)
  }
}

export const handIn = (page) => page.getByRole('button', { name: 'Nộp hồ sơ' })

// Files a dossier of the house for whoever is signed in; its id.
export async function file(page, answers = {}) {
  await page.goto(FILING)
  await fillIn(page, answers)
  await handIn(page).click()
  await expect(page).toHaveURL(/\/ho-so-cua-toi\/[0-9a-f]{32}/)
  return idOf(page)
}

export const idOf = (page) => new URL(page.url()).pathname.split('/')[2]

// The dossiers that a citizen sees, by id.
export async function dossiersOf(page) {
  await page.goto('/ho-so-cua-toi')
  const links = await page.locator('main th a[href^="/ho-so-cua-toi/"]').all()
  return Promise.all(links.map((link) => link.getAttribute('href')))
}
