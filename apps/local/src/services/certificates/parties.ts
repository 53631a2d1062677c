import type { LocalContext } from '../../foundation/context.ts'
import { Certificates, type CertificatesParts } from './certificates.ts'
import type { CertificateParty, PartyOf } from './handlers.ts'
import { Transfers } from './transfers.ts'

/** In an account that is there for transfers alone nothing is attached to a certificate. */
const NOTHING_ATTACHED = { hasThings: () => false, hasPolicies: () => false, detachPolicies: () => {} }

/**
 * The accounts that have certificates: the server's own, and those that it knows for transfers.
 * @param home the server's own certificates
 * @param otherAccounts ids
 */
export function certificateParties(
  context: LocalContext,
  home: Certificates,
  otherAccounts: readonly string[],
  parts: Pick<CertificatesParts, 'issuer' | 'authorities'>,
): PartyOf {
  const homeAccount = context.account.id
  const certificates = new Map([[homeAccount, home]])
  for (const id of otherAccounts) {
    if (id === homeAccount) continue
    const account = { ...context.account, id }
    certificates.set(
      id,
      new Certificates({ ...context, account }, { ...parts, questions: NOTHING_ATTACHED, homeAccount }),
    )
  }
  const partyOf = (own: Certificates): CertificateParty => ({
    certificates: own,
    transfers: new Transfers(own, (account) => certificates.get(account)),
  })
  const parties = new Map(Array.from(certificates, ([id, own]) => [id, partyOf(own)]))
  const ownParty = partyOf(home)
  return (caller) => (caller.kind === 'other-account' ? parties.get(caller.account) : undefined) ?? ownParty
}
