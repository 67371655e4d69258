/** What to do where no label of the client is known: general words, no invented names. */
import { fill, match, type SectionPurpose, type Step, say } from './dialog.ts'
import type { Setup } from './setup.ts'

export function genericSteps(purpose: SectionPurpose, setup: Setup): readonly Step[] {
  switch (purpose) {
    case 'incoming':
      return [
        say('アカウントの設定画面を開きます。', 'Open the settings of your mail account.'),
        fill(null, 'incomingHost'),
      ]
    case 'outgoing':
      return [fill(null, 'outgoingHost')]
    case 'authentication':
      return [
        say(
          '「SMTP 認証」「送信サーバーは認証が必要」などと書かれた設定を探して、オンにします。方式を選ぶ画面では PLAIN か LOGIN を選びます。',
          'Look for a setting such as "SMTP authentication" or "outgoing server requires authentication" and turn it on. If asked for a method, choose PLAIN or LOGIN.',
        ),
      ]
    case 'popBeforeSmtp':
      return [
        say(
          '「SMTP 認証」「送信サーバーは認証が必要」などの設定があれば、オフにします。「送信前に受信する」「POP before SMTP」という設定があれば、オンにすると毎回の受信を任せられます。',
          'If there is a setting such as "SMTP authentication", turn it off. If there is one such as "receive before sending" or "POP before SMTP", turn it on and the program does the receiving for you.',
        ),
      ]
    case 'credentials':
      return [fill(null, 'userName'), fill(null, 'password')]
    case 'ports':
      return setup.client.tls.value === 'obsolete' && setup.client.portConfigurable.value === null
        ? [
            say(
              'ポート番号や暗号化の欄がある場合だけ、次の値に合わせます。',
              'Only if there are fields for ports and encryption, set them as follows.',
            ),
            ...portFields,
          ]
        : portFields
  }
}

const portFields: readonly Step[] = [
  fill(null, 'incomingPort'),
  match(null, 'incomingSecurity', {}),
  fill(null, 'outgoingPort'),
  match(null, 'outgoingSecurity', {}),
]
