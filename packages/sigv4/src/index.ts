export { type Authorization, parseAuthorizationHeader } from './authorization.ts'
export type { CredentialScope, Headers } from './canonical.ts'
export { SigV4Error, type SigV4ErrorCode } from './error.ts'
export { type Credentials, type PresignMqttUrlOptions, presignMqttUrl } from './presign-mqtt-url.ts'
export { type PresignS3UrlOptions, presignS3Url } from './presign-s3-url.ts'
export {
  type AccessKey,
  isPresigned,
  type VerifiedRequest,
  type VerifyOptions,
  type VerifyPresignedOptions,
  verifyPresignedUrl,
  verifySignedRequest,
} from './verify.ts'
