/** Who can sign in at the embedded issuer, and in which group they are. */
export interface Person {
  /** What the login page sends. */
  readonly username: string
  /** Subject of the tokens. A UUID, as those of a Cognito user pool. */
  readonly sub: string
  readonly name: string
  readonly email: string
  readonly group: 'viewer' | 'operator' | 'admin'
  /** One sentence for the login page. */
  readonly may: string
}

export const PEOPLE: readonly Person[] = [
  {
    username: 'vera',
    sub: '6f1d4c52-7a0e-4b38-9c55-0e1f7a3b2c01',
    name: 'Vera',
    email: 'vera@thingdeck.example',
    group: 'viewer',
    may: 'Sees everything, changes nothing.',
  },
  {
    username: 'ada',
    sub: '6f1d4c52-7a0e-4b38-9c55-0e1f7a3b2c02',
    name: 'Ada',
    email: 'ada@thingdeck.example',
    group: 'operator',
    may: 'Also publishes messages, edits shadows, creates jobs and sends commands.',
  },
  {
    username: 'grace',
    sub: '6f1d4c52-7a0e-4b38-9c55-0e1f7a3b2c03',
    name: 'Grace',
    email: 'grace@thingdeck.example',
    group: 'admin',
    may: 'Also manages things, certificates, policies, rules, provisioning and settings.',
  },
]

/** The claims of a person's tokens, named as a Cognito user pool names them. */
export function claimsOf(person: Person) {
  return {
    sub: person.sub,
    'cognito:groups': [person.group],
    'cognito:username': person.username,
    name: person.name,
    preferred_username: person.username,
    email: person.email,
    email_verified: true,
  }
}
