import { ANY, constraintTable, range, text } from '../constraint.ts'

/** @see AWS Security Token Service API Reference */
export const STS_CONSTRAINTS = constraintTable([
  [text(20, 2048), 'RoleArn PrincipalArn PolicyDescriptorType.arn'],
  [text(2, 64, '[\\w+=,.@-]*'), 'RoleSessionName SourceIdentity'],
  [range(900, 43_200), 'DurationSeconds'],
  [range(900, 129_600), 'GetFederationTokenRequest.DurationSeconds GetSessionTokenRequest.DurationSeconds'],
  [text(1, ANY), 'Policy'],
  [text(2, 1224, '[\\w+=,.@:\\/-]*'), 'ExternalId'],
  [text(9, 256, '[\\w+=/:,.@-]*'), 'SerialNumber'],
  [text(6, 6, '[\\d]*'), 'TokenCode'],
  [text(2, 32, '[\\w+=,.@-]*'), 'GetFederationTokenRequest.Name'],
  [range(0, 50), 'Tags TransitiveTagKeys'],
  [text(1, 128), 'Tag.Key'],
  [text(0, 256), 'Tag.Value'],
])
