// What the demo house is made of: its people, its one procedure of the story, its addresses.

export const PASSWORD = 'mot-cua-demo'

export const CITIZEN = {
  login: 'dan',
  name: 'Nguyễn Thị Mẫu',
  personalNumber: '002190123456',
  phone: '0912345678',
}

// A ward that takes the dossier through all hands.
export const WARD = {
  counter: 'motcua.xa1',
  unitLeader: 'phong.xa1',
  officer: 'chuyenvien.xa1',
  leader: 'lanhdao.xa1',
  sealClerk: 'vanthu.xa1',
}

export const HOUSE = {
  procedure: 'A2.XA.R2026',
  case: 'nha_o_ho_gia_dinh',
  caseName: 'Nhà ở riêng lẻ của hộ gia đình, cá nhân',
  agency: 'U26.XA1',
  searched: 'nha o rieng le',
}

export const FILING = `/nop-ho-so/${HOUSE.procedure}?truong-hop=${HOUSE.case}`
