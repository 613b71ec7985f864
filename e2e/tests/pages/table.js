// The pages that anyone and everyone may see, with the row of the route table each belongs to.
// Pages of a dossier are visited on the way of the dossier, in dossiers.spec.js.
import { readFileSync } from 'node:fs'
import { HOUSE } from '../support/house.js'

export const PUBLIC = [
  { route: '/', address: '/' },
  { route: '/thu-tuc', address: '/thu-tuc' },
  { route: '/thu-tuc', address: `/thu-tuc?q=${HOUSE.searched.replaceAll(' ', '+')}` },
  { route: '/thu-tuc', address: '/thu-tuc?q=khong-co-thu-tuc-nao-nhu-the' },
  { route: '/thu-tuc/{id}', address: `/thu-tuc/${HOUSE.procedure}` },
  { route: '/tra-cuu', address: '/tra-cuu' },
  { route: '/xac-minh', address: '/xac-minh' },
  { route: '/lich-lam-viec', address: '/lich-lam-viec' },
  { route: '/tro-giup-tiep-can', address: '/tro-giup-tiep-can' },
  { route: '/rieng-tu', address: '/rieng-tu' },
  { route: '/cong-khai/ket-qua', address: '/cong-khai/ket-qua' },
  { route: '/du-lieu-mo', address: '/du-lieu-mo' },
  { route: '/dang-nhap', address: '/dang-nhap' },
]

export const CITIZEN_PAGES = [
  { route: '/nop-ho-so/{procedure}', address: `/nop-ho-so/${HOUSE.procedure}` },
  {
    route: '/nop-ho-so/{procedure}',
    address: `/nop-ho-so/${HOUSE.procedure}?truong-hop=${HOUSE.case}`,
  },
  { route: '/ho-so-cua-toi', address: '/ho-so-cua-toi' },
  { route: '/ket-qua-cua-toi', address: '/ket-qua-cua-toi' },
]

export const STAFF_PAGES = [
  { route: '/cong-viec', address: '/cong-viec' },
  { route: '/ho-so', address: '/ho-so' },
  { route: '/ho-so', address: '/ho-so?tu-khoa=khong-co-ai' },
]

// Pages of those who may see the figures of an agency, or of the province.
export const FIGURE_PAGES = [
  { route: '/so-lieu', address: '/so-lieu' },
  { route: '/so-lieu', address: '/so-lieu?tu=2026-01-01&den=2026-12-31&chi-tieu=handled' },
  { route: '/so-lieu', address: '/so-lieu?tu=2026-01-01&den=2026-12-31&theo=can-bo' },
  { route: '/so-lieu', address: '/so-lieu?tu=2020-01-01&den=2020-01-31' },
]

// Pages of heads and controllers; leader.spec.js visits each of them.
export const LEADER_PAGES = [
  { route: '/dieu-hanh', address: '/dieu-hanh' },
  { route: '/dau-hieu', address: '/dau-hieu' },
  { route: '/dieu-hanh/cham-diem', address: '/dieu-hanh/cham-diem' },
  { route: '/dieu-hanh/{part}', address: '/dieu-hanh/chi-dao' },
  { route: '/dieu-hanh/{part}', address: '/dieu-hanh/ke-hoach' },
  { route: '/dieu-hanh/{part}', address: '/dieu-hanh/truyen-thong' },
  { route: '/dieu-hanh/{part}', address: '/dieu-hanh/giai-trinh' },
  { route: '/dau-hieu', address: '/dau-hieu?tu=2026-01-01&den=2026-12-31&dau-hieu=d7' },
]

export const COUNTER_PAGES = [
  { route: '/quay', address: '/quay' },
  { route: '/quay', address: `/quay?q=${HOUSE.searched.replaceAll(' ', '+')}` },
  { route: '/quay/nop/{procedure}', address: `/quay/nop/${HOUSE.procedure}` },
  {
    route: '/quay/nop/{procedure}',
    address: `/quay/nop/${HOUSE.procedure}?truong-hop=${HOUSE.case}`,
  },
]

// Pages of the working calendar for officials; working-calendar.spec.js visits each of them.
export const CALENDAR_PAGES = [
  { route: '/lich-lam-viec/quyet-dinh', address: '/lich-lam-viec/quyet-dinh' },
  { route: '/lich-lam-viec/de-xuat', address: '/lich-lam-viec/de-xuat' },
]

// Pages of inspections; inspection.spec.js visits each of them.
export const INSPECTION_PAGES = [
  '/kiem-tra',
  '/kiem-tra/tong-hop',
  '/kiem-tra/tong-hop/{year}',
  '/kiem-tra/theo-doi',
  '/kiem-tra/moi',
  '/kiem-tra/{code}',
  '/kiem-tra/{code}/so-lieu',
  '/kiem-tra/{code}/so-lieu/{no}',
  '/kiem-tra/{code}/ho-so/{id}',
  '/kiem-tra/{code}/ho-so/{id}/giay-tiep-nhan',
  '/kiem-tra/{code}/ho-so/{id}/ket-qua',
  '/kiem-tra/{code}/dau-hieu',
  '/kiem-tra/{code}/mau',
  '/kiem-tra/{code}/phieu',
  '/kiem-tra/{code}/phat-hien',
  '/kiem-tra/{code}/kien-nghi',
  '/kiem-tra/{code}/luot-xem',
  '/kiem-tra/{code}/tep',
  '/kiem-tra/{code}/tep/{hash}',
  '/kiem-tra/{code}/bieu',
  '/kiem-tra/{code}/giay/{paper}',
  '/kiem-tra/{code}/act/{act}',
]

// The paper of a result; journey/journey.spec.js opens it.
export const RESULT_PAGES = ['/ket-qua-cua-toi/{code}']
// The register of dossiers and its papers; register.spec.js visits each of them.
export const REGISTER_PAGES = [
  { route: '/so-theo-doi', address: '/so-theo-doi' },
  { route: '/so-theo-doi', address: '/so-theo-doi?tu=01/01/2019&den=31/12/2019' },
  { route: '/so-theo-doi/in', address: '/so-theo-doi/in' },
  { route: '/so-theo-doi/buu-chinh', address: '/so-theo-doi/buu-chinh' },
]

// What the verification page lets one take along, and a batch; signing.spec.js visits each of them.
export const SIGNING_PAGES = [
  '/xac-minh/bang-chung',
  '/xac-minh/ban-luu',
  '/ky-hang-loat',
  '/ky-hang-loat/{batch}',
]

// One sign-in for each position, and a second counter.
export const POSITIONS = [
  'motcua.xa1',
  'phong.xa1',
  'chuyenvien.xa1',
  'lanhdao.xa1',
  'vanthu.xa1',
  'kiemsoat',
  'motcua.tinh',
]

// One record; leader.spec.js opens it.
export const RECORD_PAGES = ['/dieu-hanh/{part}/{id}']

// Pages of one dossier; dossiers.spec.js and journey/clock.spec.js visit each of them.
export const DOSSIER_PAGES = {
  citizen: [
    '',
    '/tep/{n}',
    '/giay-tiep-nhan',
    '/ket-qua',
    '/giay/{paper}',
    '/bo-sung',
    '/rut',
    '/tron-bo',
  ],
  staff: [
    '',
    '/tep/{n}',
    '/giay-tiep-nhan',
    '/du-thao',
    '/ban-ky',
    '/ket-qua',
    '/tron-bo',
    '/dung-lai/{n}',
    '/giay/{paper}',
    '/receive',
    '/request_supplement',
    '/supplement',
    '/refuse',
    '/transfer',
    '/assign',
    '/work',
    '/propose',
    '/send_back',
    '/sign',
    '/issue',
    '/give_back',
    '/withdraw',
    '/request_payment',
    '/confirm_payment',
    '/reappoint',
    '/correct_due',
    '/stop',
  ],
}

const ROUTES = new URL('../../../crates/web/src/routes/', import.meta.url)

/** The paths of all pages in the route table, as the sources have them. */
export function pagesOfTheRouteTable() {
  const row = /\b(?:page|form)(?:::<[^>]*>)?\(\s*"([^"]+)"/g
  return ['public.rs', 'citizen.rs', 'staff.rs'].flatMap((file) => {
    const source = readFileSync(new URL(file, ROUTES), 'utf8')
    return [...source.matchAll(row)].map(([, path]) => path)
  })
}

/** The paths that the pages here belong to. */
export function pagesVisited() {
  const lists = [
    PUBLIC,
    CITIZEN_PAGES,
    STAFF_PAGES,
    FIGURE_PAGES,
    COUNTER_PAGES,
    CALENDAR_PAGES,
    REGISTER_PAGES,
    LEADER_PAGES,
  ].flat()
  return new Set([
    ...lists.map((page) => page.route),
    ...RESULT_PAGES,
    ...INSPECTION_PAGES,
    ...SIGNING_PAGES,
    ...RECORD_PAGES,
    ...DOSSIER_PAGES.citizen.map((end) => `/ho-so-cua-toi/{id}${end}`),
    ...DOSSIER_PAGES.staff.map((end) => `/ho-so/{id}${end}`),
  ])
}
