import type { AuthorizerUses } from './use-authorizer-uses.ts'

/** Who is let in by an authorizer, in a sentence. @param error why that could not be read */
export function usesInWords(uses: AuthorizerUses | undefined, error: Error | null): string {
  if (!uses)
    return error ? `Which domains ask it could not be read: ${error.message}` : 'Which domains ask it is being read.'
  const domains = uses.domains.map(({ domainConfigurationName }) => domainConfigurationName)
  const asked = [
    ...(uses.isDefault ? ['all clients that name none, as it is the default authorizer of the account'] : []),
    ...(domains.length > 0
      ? [`all that connect to ${domains.length === 1 ? 'the domain' : 'the domains'} ${domains.join(', ')}`]
      : []),
  ]
  return asked.length === 0
    ? 'It is asked for clients that name it, and for no others.'
    : `It is asked for ${asked.join(', and ')}, and for clients that name it.`
}

/** Why AWS IoT does not delete it, or should not; undefined: nothing is in the way. */
export function whyNotDeleted(status: string, uses: AuthorizerUses | undefined): string | undefined {
  if (status === 'ACTIVE') return 'AWS IoT deletes what is INACTIVE alone: deactivate it first.'
  if (!uses) return 'Who asks it was not read yet.'
  if (uses.isDefault) return 'It is the default authorizer of the account: clear or replace that first.'
  const [domain] = uses.domains
  return domain && `The domain ${domain.domainConfigurationName} asks it: give that another authorizer first.`
}
