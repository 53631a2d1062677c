import type { WithoutLive } from '@thingdeck/contract'
import { type CallerIdentity, callerKind } from '../../../aws/own-account/caller-identity.ts'
import { mqttStatements, policyOf } from '../mqtt-statements.ts'

const ROLE_NAME = 'thingdeck-live'

/** In single quotes of a shell: no JSON has one. */
const quoted = (document: object): string => `'${JSON.stringify(document, null, 2)}'`

/** `arn:PARTITION:iam::ACCOUNT:role/thingdeck-live` */
export const liveRoleArn = ({ arn, account }: CallerIdentity): string =>
  `arn:${arn.split(':')[1]}:iam::${account}:role/${ROLE_NAME}`

/**
 * Who may assume the role: the caller, and nobody else. The ARN of a session does not tell the path of its role, and a
 * role of IAM Identity Center is made anew when its permissions change: so the account is trusted, for its role of that name.
 */
function trustOf(identity: CallerIdentity): object {
  const caller = callerKind(identity)
  const partition = identity.arn.split(':')[1]
  const account = `arn:${partition}:iam::${identity.account}`
  const trusted = { Sid: 'Operator', Effect: 'Allow', Action: 'sts:AssumeRole' }
  if (caller.kind === 'user') return { ...trusted, Principal: { AWS: identity.arn } }
  if (caller.kind !== 'role') return { ...trusted, Principal: { AWS: `${account}:root` } }
  const arns = [`${account}:role/${caller.roleName}`, `${account}:role/*/${caller.roleName}`]
  return { ...trusted, Principal: { AWS: `${account}:root` }, Condition: { ArnLike: { 'aws:PrincipalArn': arns } } }
}

/** The commands that make a role which can do MQTT as this console's pages do, and nothing else. */
export function liveRoleRemedies(identity: CallerIdentity, arnPrefix: string): WithoutLive['remedies'] {
  const may = policyOf(mqttStatements('admin', arnPrefix, 'thingdeck-*'))
  const start = `npm start -- --aws --live-role ${liveRoleArn(identity)}`
  return [
    {
      title: 'Make a role that can do MQTT and nothing else, and that only your own role or user may assume',
      command: [
        `aws iam create-role --role-name ${ROLE_NAME} \\`,
        `  --assume-role-policy-document ${quoted(policyOf([trustOf(identity)]))}`,
        `aws iam put-role-policy --role-name ${ROLE_NAME} --policy-name mqtt \\`,
        `  --policy-document ${quoted(may)}`,
      ].join('\n'),
    },
    { title: 'Then start the console with it', command: start },
  ]
}

/** The command that lets a user ask for sessions which can do MQTT. */
export function federationRemedies(identity: CallerIdentity, arnPrefix: string): WithoutLive['remedies'] {
  const caller = callerKind(identity)
  if (caller.kind !== 'user') return []
  const federated = `arn:${identity.arn.split(':')[1]}:sts::${identity.account}:federated-user/thingdeck-*`
  const ask = { Sid: 'AskForSessions', Effect: 'Allow', Action: 'sts:GetFederationToken', Resource: federated }
  const may = policyOf([ask, ...mqttStatements('admin', arnPrefix, 'thingdeck-*')])
  return [
    {
      title:
        'Allow your user to ask for sessions that can do MQTT, and to do MQTT itself: a session may no more than its user',
      command: [
        `aws iam put-user-policy --user-name ${caller.userName} --policy-name thingdeck-live \\`,
        `  --policy-document ${quoted(may)}`,
      ].join('\n'),
    },
  ]
}
