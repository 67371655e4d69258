/** What a person can do about a status code (RFC 3463), said in their words: for reports and for the portal. */

export type Explanation = { readonly ja: string; readonly en: string }

/** What we record when an operator gives a delivery up; another host may answer the same, so it counts without a host only. */
export const CANCELLED_STATUS = '5.3.0'

const exact: Readonly<Record<string, Explanation>> = {
  '1.1': {
    ja: '宛先のアドレスが見つかりません。「@」の左側のつづりを確かめて、送り直してください。',
    en: 'There is no such address. Check the spelling to the left of "@" and send again.',
  },
  '1.2': {
    ja: '宛先のドメインが見つかりません。「@」の右側のつづりを確かめて、送り直してください。',
    en: 'There is no such mail domain. Check the spelling to the right of "@" and send again.',
  },
  '1.10': {
    ja: '宛先のドメインはメールを受け取っていません。別のアドレスを相手にお尋ねください。',
    en: 'This domain takes no mail. Ask the recipient for another address.',
  },
  '2.1': {
    ja: '宛先のメールボックスは使われていません。別の方法で相手にお知らせください。',
    en: 'The mailbox is not in use any more. Please reach the recipient in another way.',
  },
  '2.2': {
    ja: '宛先のメールボックスがいっぱいです。しばらくしてから送り直すか、別の方法で相手にお知らせください。',
    en: 'The mailbox of the recipient is full. Send again later, or tell the recipient in another way.',
  },
  '3.4': {
    ja: 'メールが大きすぎます。添付ファイルを減らして、送り直してください。',
    en: 'The message is too large. Send it again with smaller attachments.',
  },
  '4.6': {
    ja: 'メールが同じところを回り続けるため、配達を止めました。転送の設定をご確認ください。',
    en: 'The message went round in a circle and was stopped. Please check the forwarding settings.',
  },
  '4.7': {
    ja: '期限まで何度も試しましたが、届けられませんでした。アドレスを確かめるか、別の方法で相手にお知らせください。',
    en: 'We tried many times until the time was up. Check the address, or reach the recipient in another way.',
  },
  '6.7': {
    ja: '相手のサーバーは、英数字以外を含むアドレスに対応していません。英数字だけのアドレスで送り直してください。',
    en: 'The other server cannot handle addresses with letters beyond ASCII. Send again with an ASCII address.',
  },
}

const bySubject: Readonly<Record<string, Explanation>> = {
  '1': {
    ja: '宛先のアドレスに問題があります。つづりを確かめて、送り直してください。',
    en: 'There is a problem with the address. Check its spelling and send again.',
  },
  '2': {
    ja: '宛先のメールボックスが受け取れない状態です。別の方法で相手にお知らせください。',
    en: 'The mailbox of the recipient cannot take mail. Please tell the recipient in another way.',
  },
  '4': {
    ja: '相手のサーバーにつながりませんでした。アドレスを確かめるか、時間をおいて送り直してください。',
    en: 'The other server could not be reached. Check the address, or send again later.',
  },
  '7': {
    ja: '相手のサーバーが、規則によりこのメールを受け取りませんでした。内容や添付ファイルを見直すか、相手にお問い合わせください。',
    en: 'The other server did not accept this message by its rules. Review its content, or ask the recipient.',
  },
}

const waitingExact: Readonly<Record<string, Explanation>> = {
  '2.2': {
    ja: '宛先のメールボックスがいっぱいです。空きができるのを待って、送り直しています。',
    en: 'The mailbox of the recipient is full. We keep trying until there is room.',
  },
  '4.3': {
    ja: '宛先のドメインをいま調べられません。',
    en: 'The mail domain cannot be looked up at the moment.',
  },
}

const waitingBySubject: Readonly<Record<string, Explanation>> = {
  '4': {
    ja: '相手のサーバーにつながらないか、やり取りの途中で切れました。',
    en: 'The other server cannot be reached, or the connection broke.',
  },
  '7': {
    ja: '相手のサーバーが、しばらく待ってから送るように求めています。迷惑メールを防ぐためによく行われます。',
    en: 'The other server asks us to wait before it takes the message. Many do so against spam.',
  },
}

const waiting: Explanation = {
  ja: '相手のサーバーが一時的に受け取れない状態です。',
  en: 'The other server cannot take the message at the moment.',
}

const cancelled: Explanation = {
  ja: '運用担当者が、このメールの配達を取りやめました。わけをお知りになりたいときは、サポート窓口にお尋ねください。',
  en: 'The operator of this service gave up the delivery of this message. Ask our support desk for the reason.',
}

const other: Explanation = {
  ja: '相手のサーバーがこのメールを受け取りませんでした。下の返答を相手の管理者にお見せください。',
  en: 'The other server did not accept the message. Show its answer below to the administrator there.',
}

/** @param remoteHost who answered; null when it was decided here */
export function explainStatus(status: string, action: 'failed' | 'delayed', remoteHost: string | null): Explanation {
  const [, subject = '', detail = ''] = status.split('.')
  const key = `${subject}.${detail}`
  if (action === 'delayed') return waitingExact[key] ?? waitingBySubject[subject] ?? waiting
  if (status === CANCELLED_STATUS && remoteHost === null) return cancelled
  return exact[key] ?? bySubject[subject] ?? other
}
