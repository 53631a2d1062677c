import { ANY, constraintTable, range, text } from '../constraint.ts'
import { IAM_DOCUMENT, IAM_TAG_KEY, IAM_TAG_VALUE } from './iam-texts.ts'

/** @see AWS Security Token Service API Reference */
export const STS_CONSTRAINTS = constraintTable([
  [text(20, 2048), 'RoleArn PrincipalArn PolicyDescriptorType.arn ProvidedContext.ProviderArn'],
  [text(2, 64, '[\\w+=,.@-]*'), 'RoleSessionName SourceIdentity'],
  [range(900, 43_200), 'DurationSeconds'],
  [range(900, 129_600), 'GetFederationTokenRequest.DurationSeconds GetSessionTokenRequest.DurationSeconds'],
  [text(1, 2048, IAM_DOCUMENT), 'Policy'],
  [text(1, ANY, IAM_DOCUMENT), 'AssumeRoleRequest.Policy'],
  [text(2, 1224, '[\\w+=,.@:\\/-]*'), 'ExternalId'],
  [text(9, 256, '[\\w+=/:,.@-]*'), 'SerialNumber'],
  [text(6, 6, '[\\d]*'), 'TokenCode'],
  [text(4, 20_000), 'WebIdentityToken'],
  [text(4, 2048), 'ProviderId ProvidedContext.ContextAssertion'],
  [text(16, 128, '[\\w]*'), 'AccessKeyId'],
  [text(2, 32, '[\\w+=,.@-]*'), 'GetFederationTokenRequest.Name'],
  [range(0, 50), 'Tags'],
  [{ max: 50, member: IAM_TAG_KEY }, 'TransitiveTagKeys'],
  [range(1, 5), 'ProvidedContexts'],
  [IAM_TAG_KEY, 'Tag.Key'],
  [IAM_TAG_VALUE, 'Tag.Value'],
])
