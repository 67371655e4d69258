/** 2: a visitor by a code, and a subscriber with POP before SMTP, see live how far a mail program gets and what to change. */
import assert from 'node:assert/strict'
import { plainResponse, smtpClient, submissionsClient } from '#tests/support/smtp-talk.ts'
import type { Cast } from './world.ts'

async function byCode({ visitor, engine }: Cast): Promise<void> {
  await visitor.goTo('/doctor')
  await visitor.reads('doctor.code.get')
  await visitor.looks('2-visitor-begins')
  await visitor.press('doctor.code.get')
  const userName = await visitor.shownValue('doctor.code.userName')
  assert.match(userName, /^check-[a-z2-9]{6}$/)
  const program = await submissionsClient(engine)
  await program.command(`AUTH PLAIN ${plainResponse(userName, 'not my password')}`)
  program.close()
  await visitor.reads('doctor.diagnosis.checkSeen.what')
  await visitor.reads('doctor.seenBy.code')
  await visitor.looks('2-visitor-knows')
}

async function receiveFirst({ oldTimer, oldMailbox, mailProgram, engine }: Cast): Promise<void> {
  const hosts = { smtp: 'smtp.infonia.ne.jp' }
  await oldTimer.goTo('/doctor')
  await oldTimer.reads('home.window.closed')
  const program = await smtpClient(engine.ports.smtp, mailProgram.address)
  await program.command(`MAIL FROM:<${oldMailbox.address}>`)
  await program.command('AUTH LOGIN')
  program.close()
  await oldTimer.reads('doctor.diagnosis.authOnSmtp.what', hosts)
  const refused = oldTimer.say('home.window.refused', { time: '.*', address: mailProgram.address })
  const refusal = oldTimer.page.getByText(new RegExp(refused))
  await refusal.waitFor()
  await oldTimer.looks('2-subscriber-refused')
  await assert.rejects(mailProgram.sendWithoutLogin(oldMailbox.address, 'too-early'), /530/)
  await assert.rejects(mailProgram.read(oldMailbox.credential)) // no message yet, but a login
  await oldTimer.reads('home.window.from', { address: mailProgram.address })
  await refusal.waitFor({ state: 'detached' })
  await oldTimer.looks('2-subscriber-may-send')
  await mailProgram.sendWithoutLogin(oldMailbox.address, 'by-pop-before-smtp')
  const read = await mailProgram.read(oldMailbox.credential)
  assert.match(read, /Subject: by-pop-before-smtp\r\n/)
  assert.match(read, /authorized by POP before SMTP/)
}

export async function doctor(cast: Cast): Promise<void> {
  await byCode(cast)
  await receiveFirst(cast)
}
