import { afterAll, beforeAll } from 'vitest'
import { testLifeCycle } from './support/life-cycle.ts'
import { startTerraformAccount, type TerraformAccount } from './support/terraform/account.ts'
import { otherLifeCycles } from './support/terraform/beside-iot.ts'
import { certificateLifeCycles } from './support/terraform/certificates.ts'
import { registryLifeCycles } from './support/terraform/registry.ts'
import { ruleLifeCycles } from './support/terraform/rules.ts'
import { settingLifeCycles } from './support/terraform/settings.ts'

/*
 * What Terraform's AWS provider does to each resource, with the calls that it makes: read off the server's log while
 * Terraform with provider 5.100.0 applied, changed and destroyed all of these. docs/guides/terraform-and-cdk.md lists the
 * same resources.
 */

let account: TerraformAccount

beforeAll(async () => {
  account = await startTerraformAccount()
})
afterAll(() => account.close())

const started = () => account
const LIFE_CYCLES = [
  ...registryLifeCycles(started),
  ...certificateLifeCycles(started),
  ...ruleLifeCycles(started),
  ...settingLifeCycles(started),
  ...otherLifeCycles(started),
]
for (const lifeCycle of LIFE_CYCLES) testLifeCycle(lifeCycle)
