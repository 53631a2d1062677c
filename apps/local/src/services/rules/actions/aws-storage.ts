import type { ObjectCannedACL } from '@aws-sdk/client-s3'
import { dynamoDbRequest, dynamoDbV2Request, s3Request } from '@thingdeck/rule-actions'
import type { ActionSettings } from '../rule-table.ts'
import type { ActionOptions } from './action.ts'
import { type AwsActionShape, sentTo } from './aws-action.ts'
import type { AwsTarget } from './aws-clients.ts'

export const S3: AwsTarget = {
  title: 'Amazon S3',
  variable: 'AWS_ENDPOINT_URL_S3',
  isOurs: true,
  // Beside AWS a bucket is no host name.
  connect: async (settings) => new (await import('@aws-sdk/client-s3')).S3Client({ ...settings, forcePathStyle: true }),
}

export const DYNAMODB: AwsTarget = {
  title: 'Amazon DynamoDB',
  variable: 'AWS_ENDPOINT_URL_DYNAMODB',
  isOurs: true,
  connect: async (settings) => new (await import('@aws-sdk/client-dynamodb')).DynamoDBClient(settings),
}

export const s3Action = (settings: ActionSettings<'s3'>, options: ActionOptions): AwsActionShape =>
  sentTo(S3, s3Request(settings, options), async (client, { input: { ACL, ...input } }) => {
    const { PutObjectCommand } = await import('@aws-sdk/client-s3')
    // The model of IoT has them by the same names.
    await client.send(new PutObjectCommand(ACL === undefined ? input : { ...input, ACL: ACL as ObjectCannedACL }))
  })

export const dynamoDbAction = (settings: ActionSettings<'dynamoDB'>, options: ActionOptions): AwsActionShape =>
  sentTo(DYNAMODB, dynamoDbRequest(settings, options), async (client, request) => {
    const { DeleteItemCommand, PutItemCommand, UpdateItemCommand } = await import('@aws-sdk/client-dynamodb')
    switch (request.operation) {
      case 'PutItem':
        await client.send(new PutItemCommand(request.input))
        break
      case 'DeleteItem':
        await client.send(new DeleteItemCommand(request.input))
        break
      case 'UpdateItem':
        await client.send(new UpdateItemCommand(request.input))
    }
  })

export const dynamoDbV2Action = (settings: ActionSettings<'dynamoDBv2'>, options: ActionOptions): AwsActionShape =>
  sentTo(DYNAMODB, dynamoDbV2Request(settings, options), async (client, { input }) => {
    const { PutItemCommand } = await import('@aws-sdk/client-dynamodb')
    await client.send(new PutItemCommand(input))
  })
