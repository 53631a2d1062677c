import { join } from 'node:path'
import { AwsError } from '@thingdeck/aws-api'
import type { ForwardedApi, ForwardedRequest } from '../../foundation/forwarded-api.ts'
import type { MakeService } from '../../foundation/service.ts'
import { DestinationProcess } from './destination-process.ts'
import { jsonErrorAnswer, queryErrorAnswer, s3ErrorAnswer } from './error-answers.ts'
import { forwardRequest } from './forward-request.ts'
import { dynamodbNeeds } from './needs/dynamodb-needs.ts'
import { kinesisNeeds } from './needs/kinesis-needs.ts'
import { s3Needs } from './needs/s3-needs.ts'
import { snsNeeds } from './needs/sns-needs.ts'
import { sqsNeeds } from './needs/sqs-needs.ts'
import { pathStyle } from './path-style.ts'
import { forQueues } from './sns-message.ts'

const MEBIBYTE = 1024 * 1024

/**
 * DynamoDB, Kinesis, S3, SQS and SNS at this server's own endpoint: what rules write to. Each is a server from npm in a
 * process of its own, which is started when it is first asked for.
 */
export const destinationsService: MakeService = ({ account, host, otherHosts, ownUrl, dataDirectory, log }) => {
  const environment = { AWS_ACCOUNT_ID: account.id, AWS_REGION: account.region, OWN_URL: ownUrl }
  const make = (title: string, name: string, program: URL) =>
    new DestinationProcess({
      title,
      program,
      environment,
      folder: dataDirectory === undefined ? undefined : join(dataDirectory, name),
      log,
    })
  // Each file is named as it is, so that a bundler finds it.
  const dynamodb = make('DynamoDB', 'dynamodb', new URL('./processes/dynamodb.ts', import.meta.url))
  const kinesis = make('Kinesis', 'kinesis', new URL('./processes/kinesis.ts', import.meta.url))
  const messaging = make('S3, SQS and SNS', 'messaging', new URL('./processes/messaging.ts', import.meta.url))
  const processes = [dynamodb, kinesis, messaging]
  const ownHosts = [host, ...otherHosts]

  const socketOf = (process: DestinationProcess) =>
    process.socket().catch((error: unknown) => {
      log.error({ err: error }, 'a destination could not be started')
      throw new AwsError('ServiceUnavailableException', error instanceof Error ? error.message : String(error))
    })
  const forwardTo =
    (process: DestinationProcess, change = asItIs): ForwardedApi['forward'] =>
    async (request, response) =>
      forwardRequest(change(request), () => socketOf(process), response)
  return {
    name: 'destinations',
    forwardedApis: [
      {
        signingName: 'dynamodb',
        maxBodyBytes: 16 * MEBIBYTE,
        needsOf: (request) => dynamodbNeeds(account, request),
        errorAnswer: jsonErrorAnswer,
        forward: forwardTo(dynamodb),
      },
      {
        signingName: 'kinesis',
        maxBodyBytes: 16 * MEBIBYTE,
        needsOf: (request) => kinesisNeeds(account, request),
        errorAnswer: jsonErrorAnswer,
        forward: forwardTo(kinesis),
      },
      {
        signingName: 's3',
        maxBodyBytes: 11 * MEBIBYTE, // what its server takes
        needsOf: (request) => s3Needs(pathStyle(request, ownHosts)),
        errorAnswer: s3ErrorAnswer,
        forward: forwardTo(messaging, (request) => pathStyle(request, ownHosts)),
      },
      {
        signingName: 'sqs',
        maxBodyBytes: 2 * MEBIBYTE,
        needsOf: (request) => sqsNeeds(account, request),
        errorAnswer: jsonErrorAnswer,
        forward: forwardTo(messaging, ofSqs),
      },
      {
        signingName: 'sns',
        maxBodyBytes: 2 * MEBIBYTE,
        needsOf: (request) => snsNeeds(account, request),
        errorAnswer: queryErrorAnswer,
        forward: forwardTo(messaging, (request) => forQueues(ofSns(request))),
      },
    ],
    reset: () => {
      for (const process of processes) process.reset()
    },
    close: async () => {
      await Promise.all(processes.map((process) => process.close()))
    },
  }
}

const asItIs = (request: ForwardedRequest): ForwardedRequest => request

/**
 * The server behind tells SQS and SNS apart by the type of the body, whatever a request was signed for, and has nothing at
 * a queue's own address, where some clients send. What is handed on is the one call that policies were asked about.
 */
const atRoot =
  (contentType: string) =>
  (request: ForwardedRequest): ForwardedRequest => ({
    ...request,
    method: 'POST',
    url: '/',
    headers: { ...request.headers, host: 'localhost', 'content-type': contentType },
  })
const ofSqs = atRoot('application/x-amz-json-1.0')
const ofSns = atRoot('application/x-www-form-urlencoded')
