/** How the people of the access tests sign in. Loads nothing of the product. */
export const logins = {
  subscriber: 'taro@infonia.ne.jp',
  stranger: 'hanako@infonia.ne.jp',
  agent: 'agent',
  senior: 'senior',
  operator: 'operator',
  auditor: 'auditor',
  unproven: 'newcomer',
} as const
