import { ANY, constraintTable, range, text } from '../constraint.ts'

const DOCUMENT = '[\\t\\n\\r -\\xff]+'
const TAG_KEY = text(1, 128, '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+')

/** @see AWS Security Token Service API Reference */
export const STS_CONSTRAINTS = constraintTable([
  [text(20, 2048), 'RoleArn PrincipalArn PolicyDescriptorType.arn ProvidedContext.ProviderArn'],
  [text(2, 64, '[\\w+=,.@-]*'), 'RoleSessionName SourceIdentity'],
  [range(900, 43_200), 'DurationSeconds'],
  [range(900, 129_600), 'GetFederationTokenRequest.DurationSeconds GetSessionTokenRequest.DurationSeconds'],
  [text(1, 2048, DOCUMENT), 'Policy'],
  [text(1, ANY, DOCUMENT), 'AssumeRoleRequest.Policy'],
  [text(2, 1224, '[\\w+=,.@:\\/-]*'), 'ExternalId'],
  [text(9, 256, '[\\w+=/:,.@-]*'), 'SerialNumber'],
  [text(6, 6, '[\\d]*'), 'TokenCode'],
  [text(4, 20_000), 'WebIdentityToken'],
  [text(4, 2048), 'ProviderId ProvidedContext.ContextAssertion'],
  [text(16, 128, '[\\w]*'), 'AccessKeyId'],
  [text(2, 32, '[\\w+=,.@-]*'), 'GetFederationTokenRequest.Name'],
  [range(0, 50), 'Tags'],
  [{ max: 50, member: TAG_KEY }, 'TransitiveTagKeys'],
  [range(1, 5), 'ProvidedContexts'],
  [TAG_KEY, 'Tag.Key'],
  [text(0, 256, '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*'), 'Tag.Value'],
])
