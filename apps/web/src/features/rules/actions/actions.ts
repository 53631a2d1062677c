import type { RuleActionName } from '@thingdeck/contract'
import { isObject } from '../../../shared/json-object-in.ts'
import type { ActionDescription, ActionSettings } from './action-description.ts'
import { LAMBDA, STEP_FUNCTIONS } from './compute.ts'
import { IOT_ANALYTICS, IOT_EVENTS, LOCATION } from './iot-services.ts'
import { HTTP, REPUBLISH, SALESFORCE, SNS, SQS } from './messaging.ts'
import { CLOUDWATCH_ALARM, CLOUDWATCH_LOGS, CLOUDWATCH_METRIC } from './monitoring.ts'
import {
  DYNAMO_DB,
  DYNAMO_DB_V2,
  ELASTICSEARCH,
  INFLUX_DB,
  IOT_SITE_WISE,
  OPEN_SEARCH,
  S3,
  TIMESTREAM,
} from './storage.ts'
import { FIREHOSE, KAFKA, KINESIS } from './streams.ts'

/** All actions of AWS's `Action`: first what rules mostly do, last what AWS has ended. */
export const ACTIONS: readonly ActionDescription[] = [
  SQS,
  SNS,
  LAMBDA,
  DYNAMO_DB_V2,
  DYNAMO_DB,
  S3,
  KINESIS,
  FIREHOSE,
  CLOUDWATCH_METRIC,
  CLOUDWATCH_ALARM,
  CLOUDWATCH_LOGS,
  REPUBLISH,
  HTTP,
  STEP_FUNCTIONS,
  TIMESTREAM,
  OPEN_SEARCH,
  KAFKA,
  INFLUX_DB,
  IOT_SITE_WISE,
  LOCATION,
  IOT_EVENTS,
  IOT_ANALYTICS,
  ELASTICSEARCH,
  SALESFORCE,
]

const BY_NAME: ReadonlyMap<string, ActionDescription> = new Map(ACTIONS.map((action) => [action.name, action]))

/** An action of a rule taken apart: which it is, and what it is told. */
export interface ReadAction {
  readonly description: ActionDescription
  readonly settings: ActionSettings
}

/** Which action this is; undefined: none that AWS has, or not exactly one. */
export function readAction(action: object): ReadAction | undefined {
  const [given, another] = Object.entries(action).filter(([, settings]) => settings !== undefined)
  if (!given || another) return undefined
  const [name, settings] = given
  const description = BY_NAME.get(name)
  return description && isObject(settings) ? { description, settings } : undefined
}

/** What an action does, in one line: 'DynamoDB: puts into pumps'. Nothing secret is in it. */
export function actionWords(action: object): string {
  const read = readAction(action)
  return read
    ? `${read.description.title}: ${read.description.words(read.settings)}`
    : 'An action that is not known here'
}

/** The action of that name; that each has one is tested. */
export function describeAction(name: RuleActionName): ActionDescription {
  const description = BY_NAME.get(name)
  if (!description) throw new Error(`no action is called ${name}`)
  return description
}
