import type { SessionCommand } from '../command.ts'

/** APOP (RFC 1939 §7) is not offered; who has it set is told what to change, not that the password is wrong. */
export const apop: SessionCommand = {
  state: 'authorization',
  run(session) {
    session.refuse(
      'APOP is not offered here, set your mail program to password login with SSL/TLS',
      undefined,
      'mechanismNotAllowed',
    )
    return 'continue'
  },
}
