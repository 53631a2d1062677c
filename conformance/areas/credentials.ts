import { request } from 'node:https'
import * as iot from '@aws-sdk/client-iot'
import type { Area, Check } from '../check.ts'
import type { RunContext } from '../context.ts'
import type { Identity } from '../identity.ts'

const byRoleAlias: Check = {
  id: 'role-alias',
  does: 'A device gets keys of AWS by its certificate, where its policy says so, and where not',
  async run(context) {
    const { iot: client, name, role, refused, identity, arn, until } = context
    const roleArn = await role()
    const roleAlias = name('alias')
    const created = await client.send(
      new iot.CreateRoleAliasCommand({ roleAlias, roleArn, credentialDurationSeconds: 900 }),
    )
    const taken = await refused(client.send(new iot.CreateRoleAliasCommand({ roleAlias, roleArn })))
    const { roleAliasDescription } = await client.send(new iot.DescribeRoleAliasCommand({ roleAlias }))
    const allowed = await identity({
      policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Action: 'iot:AssumeRoleWithCertificate', Resource: arn(`rolealias/${roleAlias}`) },
        ],
      }),
    })
    const other = await identity()
    const answer = await until('the provider gives keys', async () => {
      const got = await getCredentials(context, allowed, roleAlias)
      return got.status === 200 ? got : undefined
    })
    const { credentials = {} } = answer.body as { credentials?: object }
    const missing = await getCredentials(context, allowed, name('none'))
    const denied = await getCredentials(context, other, roleAlias)
    const { credentialDurationSeconds } = roleAliasDescription ?? {}
    return {
      created: [created.roleAlias, created.roleAliasArn],
      ...{ taken, credentialDurationSeconds },
      given: Object.keys(credentials).toSorted(),
      'an alias that is not there': [missing.status, Object.keys(missing.body as object)],
      'a policy that does not say so': [denied.status, Object.keys(denied.body as object)],
    }
  },
}

/** As a device asks (AWS IoT developer guide, "Authorizing direct calls to AWS services"). */
async function getCredentials(
  { iot: client, target, signal }: RunContext,
  { key, cert }: Identity,
  roleAlias: string,
): Promise<{ status: number; body: unknown }> {
  const described = async () => {
    const { endpointAddress } = await client.send(
      new iot.DescribeEndpointCommand({ endpointType: 'iot:CredentialProvider' }),
    )
    return new URL(`https://${endpointAddress}`)
  }
  const url = new URL(`/role-aliases/${roleAlias}/credentials`, target.credentialsUrl ?? (await described()))
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: unknown }>()
  const ca = target.rootCa === undefined ? {} : { ca: target.rootCa }
  request(url, { key, cert, ...ca, signal }, (response) => {
    const parts: Buffer[] = []
    response.on('data', (part: Buffer) => parts.push(part))
    response.on('end', () => {
      try {
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()) })
      } catch (error) {
        reject(error)
      }
    })
  })
    .on('error', reject)
    .end()
  return promise
}

export const credentials: Area = { name: 'credentials', checks: [byRoleAlias] }
