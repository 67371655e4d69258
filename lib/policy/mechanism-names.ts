/** USER/PASS of POP3 and LOGIN of IMAP show the same secret as PLAIN does, and are ruled by it. */
const ruledBy: Readonly<Record<string, string>> = {
  'USER/PASS': 'PLAIN',
  'LOGIN command': 'PLAIN',
  'SCRAM-SHA-256-PLUS': 'SCRAM-SHA-256',
}

/** The name under which a policy document decides about a mechanism. */
export function policyMechanism(mechanism: string): string {
  return ruledBy[mechanism] ?? mechanism
}
