import {
  type CognitoIdentityClient,
  GetCredentialsForIdentityCommand,
  GetIdCommand,
} from '@aws-sdk/client-cognito-identity'
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  DetachPolicyCommand,
  GetPolicyCommand,
  type IoTClient,
  ListAttachedPoliciesCommand,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iot'
import type { MqttSession, Role } from '@thingdeck/contract'
import type { DataPlaneEndpoint } from '../../aws/endpoint.ts'
import { isNamed } from '../../aws/error-name.ts'
import { unlessGone } from '../../aws/unless-gone.ts'
import type { Config } from '../../config.ts'
import type { Person } from '../../person.ts'
import type { SessionKeys } from '../../plugins/session-keys.ts'
import { Problem } from '../../problem.ts'
import { ROLES } from '../../roles.ts'
import type { IssuerSignInConfig } from '../../sign-in-config.ts'
import { clientIdPrefix } from './client-ids.ts'
import { rolePolicyDocument, rolePolicyName } from './role-policies.ts'

/** Turns a sign-in into temporary credentials that can do MQTT, and nothing else, within the role's IoT policy. */
export interface MqttAccess {
  open(identityId: string, idToken: string, person: Person): Promise<MqttSession>
  /** Leaves the person's identity with the policy of this role alone, which its open connections follow, too. */
  changeRole(idToken: string, role: Role): Promise<void>
  /** Leaves an identity with the policy of no role: its open connections can do nothing more. */
  detach(identityId: string): Promise<void>
  /** The person's Cognito identity. */
  identityOf(idToken: string): Promise<string>
}

type MqttAccessConfig = Pick<Config, 'region' | 'account'> & Pick<IssuerSignInConfig, 'cognitoIdentityPoolId' | 'oidc'>

export function createMqttAccess(
  config: MqttAccessConfig,
  { iot, cognito, endpoint }: { iot: IoTClient; cognito: CognitoIdentityClient; endpoint: DataPlaneEndpoint },
  sessionKeys: SessionKeys,
): MqttAccess {
  const { region, account, cognitoIdentityPoolId } = config
  // Cognito names a login by its issuer without the scheme.
  const logins = (idToken: string) => ({
    [config.oidc.issuer.href.replace(/^https?:\/\//, '').replace(/\/$/, '')]: idToken,
  })
  const ensured = new Map<Role, Promise<void>>()

  /** Creates the role's policy, or brings its default version up to date with this release. */
  async function ensurePolicy(role: Role): Promise<void> {
    const policyName = rolePolicyName(role)
    const policyDocument = rolePolicyDocument(role, region, account)
    const existing = await unlessGone(iot.send(new GetPolicyCommand({ policyName })))
    if (!existing) {
      await iot.send(new CreatePolicyCommand({ policyName, policyDocument })).catch((error) => {
        // Another BFF was faster.
        if (!isNamed(error, 'ResourceAlreadyExistsException')) throw error
      })
    } else if (existing.policyDocument !== policyDocument) {
      const { policyVersions = [] } = await iot.send(new ListPolicyVersionsCommand({ policyName }))
      // A policy holds five versions at the most; the oldest that is not the default makes room.
      const oldest = policyVersions
        .filter((version) => !version.isDefaultVersion)
        .sort((a, b) => Number(a.versionId) - Number(b.versionId))[0]
      if (policyVersions.length >= 5 && oldest?.versionId) {
        await iot.send(new DeletePolicyVersionCommand({ policyName, policyVersionId: oldest.versionId }))
      }
      await iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument, setAsDefault: true }))
    }
  }

  async function identityOf(idToken: string): Promise<string> {
    const { IdentityId: identityId } = await cognito.send(
      new GetIdCommand({ IdentityPoolId: cognitoIdentityPoolId, Logins: logins(idToken) }),
    )
    if (!identityId) throw new Problem('AWS_UNAVAILABLE', 'Cognito answered without an identity id.')
    return identityId
  }

  /**
   * Exactly the policy of this role on the identity: one of an earlier role is taken off. Asked of AWS each time, as
   * another console may have changed it.
   */
  async function attachRole(identityId: string, role: Role): Promise<void> {
    await ensure(role)
    const names = await detachOthers(identityId, role)
    if (!names.includes(rolePolicyName(role))) {
      await iot.send(new AttachPolicyCommand({ policyName: rolePolicyName(role), target: identityId }))
    }
  }

  async function ensure(role: Role): Promise<void> {
    let ensuring = ensured.get(role)
    if (!ensuring) {
      ensuring = ensurePolicy(role)
      ensured.set(role, ensuring)
      ensuring.catch(() => ensured.delete(role))
    }
    await ensuring
  }

  /** @returns the names of the policies that were attached before */
  async function detachOthers(identityId: string, role: Role | undefined): Promise<(string | undefined)[]> {
    const { policies = [] } = await iot.send(new ListAttachedPoliciesCommand({ target: identityId }))
    const names = policies.map((policy) => policy.policyName)
    for (const other of ROLES.filter((candidate) => candidate !== role).map(rolePolicyName)) {
      if (names.includes(other)) await iot.send(new DetachPolicyCommand({ policyName: other, target: identityId }))
    }
    return names
  }

  return {
    async changeRole(idToken, role) {
      await attachRole(await identityOf(idToken), role)
    },

    identityOf,

    async detach(identityId) {
      await detachOthers(identityId, undefined)
    },

    async open(identityId, idToken, person) {
      const [, { Credentials: credentials }, address] = await Promise.all([
        attachRole(identityId, person.role),
        cognito.send(new GetCredentialsForIdentityCommand({ IdentityId: identityId, Logins: logins(idToken) })),
        endpoint.mqtt(),
      ])
      const { AccessKeyId, SecretKey, SessionToken, Expiration } = credentials ?? {}
      if (!AccessKeyId || !SecretKey || !SessionToken || !Expiration) {
        throw new Problem('AWS_UNAVAILABLE', 'Cognito answered without credentials.')
      }
      const prefix = clientIdPrefix(identityId)
      return {
        url: address.href,
        region,
        clientIdPrefix: prefix,
        sessionKey: sessionKeys.keyOf({ person, clientIdPrefix: prefix }),
        credentials: {
          accessKeyId: AccessKeyId,
          secretAccessKey: SecretKey,
          sessionToken: SessionToken,
          expiresAt: Expiration.toISOString(),
        },
      }
    },
  }
}
