import type { Page } from '@playwright/test'
import type { Deployment } from './deployment.ts'
import type { PersonName } from './signed-in.ts'

/**
 * Signs in at the issuer's page that the console has led to: the hosted page of a Cognito user pool, which asks for the
 * password beside the name or after it; or that of the embedded issuer, where one is chosen.
 */
export async function signInAtHostedPage(page: Page, { personOf }: Deployment, person: PersonName): Promise<void> {
  const { name, password } = personOf(person)
  const chosen = page.getByRole('button', { name })
  const username = page.locator('input[name="username"]:visible')
  await chosen.or(username).first().waitFor()
  if (await chosen.isVisible()) {
    await chosen.click()
    return
  }
  if (password === undefined) throw new Error(`${name} has no password: set E2E_…_PASSWORD`)
  await username.fill(name)
  const secret = page.locator('input[name="password"]:visible')
  if (!(await secret.isVisible())) {
    await username.press('Enter')
    await secret.waitFor()
  }
  await secret.fill(password)
  await secret.press('Enter')
}
