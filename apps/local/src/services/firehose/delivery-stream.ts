/** Where a delivery stream puts what it gathers: a bucket, and how objects are made. */
export interface S3Destination {
  readonly roleArn: string
  readonly bucketArn: string
  readonly prefix: string | undefined
  readonly errorOutputPrefix: string | undefined
  readonly sizeMb: number
  readonly intervalSeconds: number
  readonly compression: 'UNCOMPRESSED' | 'GZIP'
  readonly fileExtension: string | undefined
  readonly timeZone: string | undefined
  /** Where failed deliveries are told of. */
  readonly logging: { readonly group: string; readonly stream: string } | undefined
}

/** Times are epoch milliseconds. */
export interface DeliveryStream {
  readonly name: string
  /** Grows with each change of the destination. */
  readonly version: number
  /** Says that buffers are of this stream, and not of one that had its name before. */
  readonly id: string
  readonly destination: S3Destination
  readonly tags: Readonly<Record<string, string>>
  readonly createdAtMs: number
  readonly updatedAtMs: number | undefined
}

/** There is one destination of each stream. */
export const DESTINATION_ID = 'destinationId-000000000001'
