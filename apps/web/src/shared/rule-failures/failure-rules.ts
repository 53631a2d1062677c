import type { CurePlace, Failure, FailureKind, FailureWords } from './failure.ts'

/** A row of the table: what an entry has to be, and what is said of it then. All that is given has to hold. */
export interface Rule {
  readonly kind: FailureKind
  readonly place: CurePlace
  readonly eventType?: string
  /** Occurs in `details`. */
  readonly text?: RegExp
  /** One of these `ruleAction`s. */
  readonly actions?: readonly string[]
  /** One of the resources is so. */
  readonly resource?: RegExp
  readonly words: (found: RegExpExecArray, failure: Failure) => Pick<FailureWords, 'why' | 'cure' | 'right'>
}

/** `…: The error received was X. Message arrived on: …` → X, in which the service's own message comes first. */
export function messageIn(text: string): string {
  const [, received] = /The error received was (.*?)(?:\. Message arrived on: |$)/s.exec(text) ?? []
  const [said = ''] = (received ?? text).split(/ \(Service: |\. Message arrived on: /)
  return said.trim()
}

/**
 * What a template without a value leaves: nothing, or the word, alone or between what stood around it (`b-`, `a//b`).
 * @see AWS IoT developer guide, "Substitution templates"
 */
const LOOKS_UNDEFINED = /^$|[-_/.=]$|\/\/(?!.*:)|(?:^|[-_/.=])undefined(?:[-_/.=]|$)/i

/** `arn:aws:iam::…:role/rules`, `arn:aws:sts::…:assumed-role/rules/session` → `rules`. */
const roleIn = (text: string): string | undefined => /:(?:assumed-)?role\/([^/\s,:]+)/.exec(text)?.[1]

/**
 * Texts of failures, and what they mean: the first row that holds is said. Sources of the texts: AWS IoT developer guide,
 * "CloudWatch AWS IoT log entries", "Error handling (error action)" and the actions' own pages; the API references of the
 * services that actions call, "Errors"; the embedded server, whose entries the tests compare.
 */
export const RULES: readonly Rule[] = [
  {
    kind: 'no rule',
    place: 'rule',
    eventType: 'RuleNotFound',
    words: () => ({
      why: 'A message came by Basic Ingest to a rule of this name, which was not there or was disabled.',
      cure: 'Enable the rule, or correct the name in $aws/rules/NAME/… that the device publishes to.',
    }),
  },
  {
    kind: 'throttled',
    place: 'elsewhere',
    eventType: 'RuleEvaluation',
    words: () => ({
      why: 'The rules of the account were to be evaluated more often in a second than AWS IoT allows: this message was not.',
      cure: 'Have fewer rules match each message, or ask AWS for a higher quota of rule evaluations per second.',
    }),
  },
  {
    kind: 'throttled',
    place: 'elsewhere',
    eventType: 'RuleExecutionThrottled',
    words: () => ({
      why: 'AWS IoT throttled the rule: too many messages came to it by Basic Ingest in a way that it takes for misuse.',
      cure: 'Correct the devices that publish to a rule that is not there.',
    }),
  },
  {
    kind: 'role',
    place: 'role',
    text: /sts:AssumeRole|assume role|AssumeRole/i,
    words: ([all], { details = '' }) => {
      const role = roleIn(details.replace(/assumed-role\/[^\s,]+/, '')) ?? roleIn(details) ?? 'of the action'
      const isGone = /there is no such role|cannot be found|does not exist/.test(details)
      return {
        why: isGone
          ? `There is no role ${role}, by which the action was to be done.`
          : `AWS IoT may not be the role ${role}.`,
        cure: isGone
          ? 'Make the role, or give the action another one.'
          : `Its trust policy has to let iot.amazonaws.com do sts:AssumeRole${all.startsWith('sts') ? '' : ', in this account'}. Conditions in it (aws:SourceAccount, aws:SourceArn) have to hold for this rule.`,
      }
    },
  },
  {
    kind: 'permission',
    place: 'role',
    text: /(?:User: (\S+) )?is not authorized to perform: ([\w-]+:\w+)(?: on resource: "?(arn:\S+?)"?(?=[\s,]|\.\s|\.?$))?/,
    words: ([, user, action = '', resource]) => {
      const role = user && roleIn(user)
      return {
        why: `The role ${role ?? 'of the action'} does not allow ${action}${resource === undefined ? '' : ` on ${resource}`}.`,
        cure: `Allow ${action} on ${resource ?? 'what the action writes to'} in a policy of the role. A Deny, a permissions boundary or a policy of the resource may stand against it, too.`,
        right: { action, resource, role },
      }
    },
  },
  {
    kind: 'function',
    place: 'function',
    actions: ['LambdaAction'],
    text: /error code is 403|AccessDeniedException/,
    words: (_, { resources }) => ({
      why: `The policy of the function does not let AWS IoT invoke it for this rule.`,
      cure: `Add a permission to ${resources.FunctionArn ?? 'the function'}: principal iot.amazonaws.com, action lambda:InvokeFunction, source ARN that of this rule.`,
    }),
  },
  {
    kind: 'permission',
    place: 'role',
    text: /Error Code: (?:AccessDenied|AccessDeniedException|AuthorizationError|Forbidden|UnauthorizedOperation)\b|^Access ?denied/i,
    words: (_, { resources }) => ({
      why: `The service refused the role: access denied.`,
      cure: `Allow the action on ${Object.values(resources)[0] ?? 'the resource'} in a policy of the role, and look whether a policy of the resource, or of its key in KMS, forbids it.`,
    }),
  },
  {
    kind: 'throttled',
    place: 'elsewhere',
    text: /Error Code: (?:ThrottlingException|Throttling|ProvisionedThroughputExceededException|TooManyRequestsException|SlowDown|RequestLimitExceeded|RequestThrottled|KMSThrottlingException|LimitExceededException|ServiceUnavailable)\b|error code is 429|Rate exceeded|StatusCode: 429/i,
    words: (_, { resources }) => ({
      why: `${Object.values(resources)[0] ?? 'The service'} takes no more at this rate: the message was refused after AWS IoT had tried again.`,
      cure: 'Give it more capacity, or send it less: a narrower WHERE, batches, or a queue or stream between. An error action keeps what is refused.',
    }),
  },
  {
    kind: 'destination',
    place: 'destinations',
    text: /destination (?:for )?(\S+) is (ENABLED|DISABLED|IN_PROGRESS|ERROR|DELETING|not there)/,
    words: ([, url = '', state]) => ({
      why:
        state === 'IN_PROGRESS'
          ? `The destination ${url} is not confirmed yet.`
          : state === 'not there'
            ? `There is no destination ${url}: it was deleted, or never made.`
            : `The destination ${url} is ${state}.`,
      cure:
        state === 'IN_PROGRESS'
          ? 'Confirm it with the token that AWS IoT sent to the URL; it can be sent again.'
          : state === 'DISABLED'
            ? 'Enable the destination.'
            : state === 'ERROR'
              ? 'Read why in the list of destinations, mend it, and try again there.'
              : 'Make the destination, and confirm it.',
    }),
  },
  {
    kind: 'destination',
    place: 'destinations',
    text: /no (?:VPC|InfluxDB) destination|destination.*(?:not (?:enabled|confirmed|found)|unconfirmed|does not exist)/i,
    words: () => ({
      why: 'The destination of the action is not there, or not enabled.',
      cure: 'Look at its state in the list of destinations; a deleted one has to be made anew, and the action given its ARN.',
    }),
  },
  {
    kind: 'key',
    place: 'rule',
    text: /The key (.*) is no number|Type mismatch for key (\S+) expected: (\w) actual: (\w)/,
    words: ([, text, key, expected, actual]) => ({
      why:
        text === undefined
          ? `The key ${key} is to be of the type ${typeOf(expected)}, and the action sent ${typeOf(actual)}.`
          : /^(?:undefined)?$/.test(text)
            ? 'The value of the key was undefined in this message, and is to be a number.'
            : `The value of the key, “${text}”, is no number, as which the action sends it.`,
      cure: 'Set the type of the key in the action to that of the table, STRING or NUMBER, and let its value be of that type in each message.',
    }),
  },
  {
    kind: 'key',
    place: 'rule',
    text: /Missing the key (\S+) in the item|provided key element does not match the schema|number of conditions on the keys is invalid|empty string value.*Key: (\S+)|key attribute.*empty string/i,
    words: ([, missing]) => ({
      why: missing
        ? `What was to be put into the table has no key ${missing}.`
        : 'The keys that the action sends are not those of the table, or one of them is empty.',
      cure: 'Name the partition key and, where the table has one, the sort key as the table does, and let SELECT give both of each message.',
    }),
  },
  {
    kind: 'gone',
    place: 'rule',
    text: /Error Code: (?:[\w.]*(?:ResourceNotFound|NonExistentQueue|QueueDoesNotExist|StateMachineDoesNotExist|NotFound)\w*|NoSuchBucket|TableNotFoundException)|error code is 404|Requested resource not found|specified (?:bucket|queue) does not exist/,
    words: (_, { resources }) => {
      const what = Object.values(resources)[0]
      return what === undefined || !LOOKS_UNDEFINED.test(what)
        ? {
            why: `${what ?? 'What the action writes to'} is not there.`,
            cure: 'Make it, in the region of the rule, or correct its name in the action.',
          }
        : {
            why: `A substitution template was undefined for this message: the action went to ${what}, which is not there.`,
            cure: 'Rehearse the message and see which template has no value; let WHERE leave such messages out.',
          }
    },
  },
  {
    kind: 'too large',
    place: 'rule',
    text: /Item size has exceeded|Message too long|must be shorter than|larger than|exceeds? the (?:maximum|limit)|EntityTooLarge|RequestTooLarge|error code is 413|StatusCode: 413|too (?:large|long|big)|has more than \d+ (?:bytes|columns)|grows beyond|would make a text of more than/i,
    words: (_, { details = '' }) => ({
      why: `The result was larger than may be: ${messageIn(details)}`,
      cure: 'SELECT less of the message, or keep it in S3, whose objects may be larger.',
    }),
  },
  {
    kind: 'not json',
    place: 'rule',
    text: /is no JSON|no JSON object|not JSON|is no text|not a JSON/,
    words: (_, { details = '' }) => ({
      why: messageIn(details).replace(/^that (?:the message )?/, 'The message '),
      cure: "Let the device send JSON; or have the SQL make it: encode(*, 'base64') AS payload, or decode of Protobuf.",
    }),
  },
  {
    kind: 'loop',
    place: 'rule',
    text: /rules publish to each other|republished (?:\d+ times|as \d+ others)/,
    words: () => ({
      why: 'The rule publishes to a topic that its own FROM, or that of a rule behind it, matches: the loop was stopped.',
      cure: 'Republish to a topic that no rule on the way listens to, or narrow FROM.',
    }),
  },
  {
    kind: 'topic',
    place: 'rule',
    text: /^Invalid topic: (.*)|The reserved topic (\S+) is not one/s,
    words: ([, problem, reserved]) => ({
      why:
        reserved === undefined
          ? `The topic that the template made is none: ${problem ?? ''}`
          : `A rule may not publish to the reserved topic ${reserved}.`,
      cure: 'Correct the topic of the action. Rehearsing the message shows what its template becomes.',
    }),
  },
  {
    kind: 'endpoint',
    place: 'rule',
    actions: ['HttpAction', 'SalesforceAction', 'OpenSearchAction', 'ElasticsearchAction', 'InfluxDBAction'],
    text: /StatusCode: (\d{3})(?:\. Reason: (.*?)\.?(?:$|\s))?/,
    words: ([, status = '', reason = '']) => ({
      why: `The endpoint answered ${status}${reason === '' ? '' : ` ${reason}`}.`,
      cure: /^5/.test(status)
        ? 'It failed by itself, and again when AWS IoT tried it once more: look into its log.'
        : 'It does not take the request: look at URL, headers and body, and at what it asks for to let somebody in.',
    }),
  },
  {
    kind: 'endpoint',
    place: 'rule',
    text: /There was no answer within|timed? ?out|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|UnknownHost|certificate|socket hang up/i,
    words: (_, { details = '' }) => ({
      why: `The endpoint could not be reached, or did not answer in time: ${messageIn(details)}`,
      cure: 'Look whether its name leads to a server that listens, whose certificate a public CA signed, and that answers within 3 seconds.',
    }),
  },
  {
    kind: 'endpoint',
    place: 'rule',
    text: /does not begin with (https:\/\/\S*)|is no URL/,
    words: () => ({
      why: 'The URL that the template made does not begin as it has to.',
      cure: 'It has to begin with https://, and with the confirmed URL of the destination.',
    }),
  },
  {
    kind: 'template',
    place: 'rehearsal',
    resource: LOOKS_UNDEFINED,
    words: (_, { resources, details = '' }) => {
      const [name, value] = Object.entries(resources).find(([, text]) => LOOKS_UNDEFINED.test(text)) ?? ['', '']
      return {
        why: `A substitution template was undefined for this message: ${name} became “${value}”. ${messageIn(details)}`,
        cure: 'Rehearse the message and see which template has no value; let WHERE leave such messages out.',
      }
    },
  },
  {
    kind: 'value',
    place: 'rehearsal',
    text: /must be .*, not (.*?)\.?$|is no number: |the result has no (\S+)\.|Error Code: (?:ValidationException|InvalidParameterValue\w*|InvalidParameter\w*|InvalidBucketName|SerializationException|InvalidRequestException)/s,
    words: (_, { details = '' }) => {
      const said = messageIn(details)
      return {
        why: /undefined/i.test(said)
          ? `A value of the action was undefined for this message: ${said}`
          : `The service does not take a value that the message gave: ${said}`,
        cure: 'Rehearse the message and see what each template becomes; let SELECT cast it, or WHERE leave such messages out.',
      }
    },
  },
  {
    kind: 'service',
    place: 'elsewhere',
    text: /this server has no (.*?): name where it is with (\S+)/,
    words: ([, service = '', variable = '']) => ({
      why: `The embedded server has no ${service}.`,
      cure: `Start it with ${variable}, which says where that service is. On AWS there is one.`,
    }),
  },
  {
    kind: 'sql',
    place: 'rehearsal',
    text: /(\w+)\(\) (?:failed: (.*)|cannot be asked here)|The statement takes more than/s,
    words: ([, name, why]) => ({
      why: name
        ? `The function ${name}() of the SQL failed${why === undefined ? '' : `: ${messageIn(why)}`}.`
        : 'The SQL took more steps for this message than may be.',
      cure: name
        ? 'Without its answer neither the actions nor the error action ran. Look at its arguments for this message, and at what its role may.'
        : 'Make the expression simpler; neither the actions nor the error action ran.',
    }),
  },
  {
    kind: 'dropped',
    place: 'rule',
    text: /More messages wait for|rule was replaced, disabled or deleted/,
    words: (_, { details = '' }) => ({
      why: messageIn(details),
      cure: 'Such a message is not tried again. Where it is too many, send less of them to this action, or make it faster.',
    }),
  },
  {
    kind: 'service',
    place: 'elsewhere',
    text: /^Internal error|Error Code: (?:InternalError|InternalServerError|InternalFailure|ServiceUnavailable\w*)|Status Code: 5\d\d|error code is 5\d\d/,
    words: () => ({
      why: 'The service failed by itself, and again when AWS IoT tried once more.',
      cure: 'Nothing is wrong with the rule. An error action keeps the messages that such a time costs.',
    }),
  },
]

const TYPES: Readonly<Record<string, string>> = { S: 'STRING', N: 'NUMBER', B: 'BINARY' }
const typeOf = (letter = ''): string => TYPES[letter] ?? letter
