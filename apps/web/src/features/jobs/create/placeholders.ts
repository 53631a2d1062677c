import type { Placeholder } from '../../../shared/editor/placeholder-completion.ts'

/** @see AWS IoT developer guide, "Create and manage jobs", "Preparing jobs for the package catalog" */
export const PLACEHOLDERS: readonly Placeholder[] = [
  {
    label: '${aws:iot:s3-presigned-url-v2:…}',
    insert: '${aws:iot:s3-presigned-url-v2:https://BUCKET.s3.REGION.amazonaws.com/KEY|}',
    words:
      'An address from which the device fetches a file of S3, made when it asks. The URL is percent-encoded, and may name a version.',
  },
  {
    label: '${aws:iot:s3-presigned-url:…}',
    insert: '${aws:iot:s3-presigned-url:https://s3.REGION.amazonaws.com/BUCKET/KEY|}',
    words: 'The same without encoding, and without a version.',
  },
  {
    label: '${aws:iot:s3-presigned-url-upload:…}',
    insert: '${aws:iot:s3-presigned-url-upload:https://BUCKET.s3.REGION.amazonaws.com/${thingName}/|}',
    words:
      'An address to which the device puts a file; the key may hold ${thingName}, ${jobId} and ${executionNumber}.',
  },
  {
    label: '${aws:iot:package:…:artifact-location:s3-presigned-url}',
    insert: '${aws:iot:package:PACKAGE:version:VERSION:artifact-location:s3-presigned-url|}',
    words: 'Where the artifact of a version of a software package is fetched.',
  },
  {
    label: '${aws:iot:package:…:attributes:…}',
    insert: '${aws:iot:package:PACKAGE:version:VERSION:attributes:KEY|}',
    words: 'An attribute of a version of a software package.',
  },
]
