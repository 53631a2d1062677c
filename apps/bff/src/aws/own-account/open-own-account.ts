import { join } from 'node:path'
import { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam'
import { STSClient } from '@aws-sdk/client-sts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { ConfigError } from '../../config.ts'
import type { SdkOptions } from '../aws.ts'
import type { CallerIdentity } from './caller-identity.ts'
import { credentialSource } from './credential-trouble.ts'
import { ownClients } from './own-clients.ts'
import { type AwsKeys, OwnCredentials } from './own-credentials.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The AWS account of the person who starts the console, by their own credentials. */
export interface OwnAccount {
  readonly credentials: OwnCredentials
  readonly identity: CallerIdentity
  readonly sdk: SdkOptions
  /** What the configuration is to have of it, beside what was said. */
  readonly environment: Environment
}

export interface OwnAccountOptions {
  /** Where AWS is; left out, where the standard variables say. */
  readonly endpoint?: string
  /** Where the credentials come from; left out, from where the AWS SDKs take them. */
  readonly find?: () => Promise<AwsKeys>
}

/**
 * Asks AWS who the person is, and finds out what follows from that: the account, its alias, and where its files lie
 * (below `DATA_FOLDER`, so that nothing of one account ever meets another).
 * @throws {ConfigError} when no region is named
 * @throws {Problem} AWS_CREDENTIALS
 */
export async function openOwnAccount(env: Environment, options: OwnAccountOptions = {}): Promise<OwnAccount> {
  const { endpoint, find } = options
  const region = await regionOf(env)
  const settings = { region, ...(endpoint !== undefined && { endpoint }) }
  const credentials = new OwnCredentials({
    source: credentialSource(env),
    clock: SYSTEM_CLOCK,
    settings,
    ...(find && { find }),
  })
  const identity = await credentials.identity()
  const { account } = identity
  const sdk = ownClients(credentials, settings)
  const alias = await aliasOf(sdk)
  const folder = env.DATA_FOLDER && join(env.DATA_FOLDER, account, region)
  return {
    credentials,
    identity,
    sdk,
    environment: {
      AWS_REGION: region,
      AWS_ACCOUNT_ID: account,
      ...(alias !== undefined && { AWS_ACCOUNT_ALIAS: alias }),
      ...(folder && { AUDIT_FILE: join(folder, 'audit.jsonl'), SHARED_FILE: join(folder, 'shared.json') }),
    },
  }
}

/** As the AWS CLI looks for it: the SDK for JavaScript does not read `AWS_DEFAULT_REGION`. */
async function regionOf(env: Environment): Promise<string> {
  const named = env.AWS_REGION ?? env.AWS_DEFAULT_REGION
  if (named) return named
  const sts = new STSClient({})
  try {
    return await sts.config.region()
  } catch (cause) {
    const message = 'No AWS region is named: AWS_REGION=REGION or --region REGION does, or the profile.'
    throw new ConfigError(message, { cause })
  } finally {
    sts.destroy()
  }
}

/** For people alone: where it may not be read, the console does without. */
async function aliasOf(sdk: SdkOptions): Promise<string | undefined> {
  const iam = new IAMClient({ ...sdk, maxAttempts: 1 })
  try {
    const { AccountAliases: [alias] = [] } = await iam.send(new ListAccountAliasesCommand({}))
    return alias
  } catch {
    return undefined
  } finally {
    iam.destroy()
  }
}
