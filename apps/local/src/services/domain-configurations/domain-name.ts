import { isIP } from 'node:net'
import { invalidRequest } from '../../foundation/errors.ts'

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const DOMAIN_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})+$`)
const MAX_LENGTH = 253
/** With room for what tells names of one beginning apart. */
const MAX_LABEL = 50

/**
 * The host of a domain that AWS manages, which invents it: a name within the server's own. Where that is an address, or
 * `localhost`, it is one within `localhost`, which names the machine itself (RFC 6761 §6.3).
 * @param suffix to be used where another configuration has the plain name
 */
export function managedDomainName(
  configurationName: string,
  host: string,
  suffix: string,
  isTaken: (domainName: string) => boolean,
): string {
  const label = configurationName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LABEL)
    .replace(/^-+|-+$/g, '')
  const parent = isIP(host) === 0 ? host.toLowerCase() : 'localhost'
  const plain = `${label === '' ? suffix : label}.${parent}`
  return isTaken(plain) ? `${label}-${suffix}.${parent}` : plain
}

/** A domain of the customer's, in lower case. @throws {AwsError} InvalidRequestException for what is none */
export function customerDomainName(domainName: string): string {
  const name = domainName.toLowerCase().replace(/\.$/, '')
  if (name.length <= MAX_LENGTH && DOMAIN_NAME.test(name)) return name
  throw invalidRequest(`domainName must be a fully qualified domain name, not ${domainName}`)
}
