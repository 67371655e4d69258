/** Who lives on a trial machine. */

export type DemoSubscriber = {
  readonly login: string
  readonly name: string
  readonly nameKana: string
  readonly contractNumber: string
  readonly phone: string
  readonly popBeforeSmtp: boolean
  readonly device: string
}

export const demoSubscribers: readonly DemoSubscriber[] = [
  {
    login: 'taro',
    name: '田中 太郎',
    nameKana: 'タナカ タロウ',
    contractNumber: 'INF-0001',
    phone: '+81312340001',
    popBeforeSmtp: false,
    device: '自宅のパソコン',
  },
  {
    login: 'hanako',
    name: '佐藤 花子',
    nameKana: 'サトウ ハナコ',
    contractNumber: 'INF-0002',
    phone: '+81312340002',
    popBeforeSmtp: true,
    device: '居間のパソコン',
  },
  {
    login: 'ichiro',
    name: '鈴木 一郎',
    nameKana: 'スズキ イチロウ',
    contractNumber: 'INF-0003',
    phone: '+81312340003',
    popBeforeSmtp: false,
    device: 'スマートフォン',
  },
  // RFC 5321 §4.5.1: postmaster must be there to be written to.
  {
    login: 'postmaster',
    name: 'メール運用係',
    nameKana: 'メールウンヨウガカリ',
    contractNumber: 'INF-0000',
    phone: '+81312340004',
    popBeforeSmtp: false,
    device: '運用担当のパソコン',
  },
]

export const demoStaff = [
  { login: 'agent', role: 'SUPPORT_AGENT', name: '山本 恵子' },
  { login: 'senior', role: 'SENIOR_AGENT', name: '中村 浩' },
  { login: 'operator', role: 'OPERATOR', name: '小林 誠' },
  { login: 'auditor', role: 'AUDITOR', name: '加藤 由美' },
] as const
