import type { Locator, Page } from '@playwright/test'
import { deployment } from '../deployment.ts'
import { signInAtHostedPage } from '../hosted-sign-in.ts'
import { type PersonName, signedIn } from '../signed-in.ts'
import { stack } from '../stack.ts'

/** The frame around every page: navigation, connection, person. */
export class ConsolePage {
  readonly page: Page
  readonly connection: Locator
  readonly personMenu: Locator
  /** Which account one acts on. */
  readonly account: Locator
  readonly flashes: Locator
  readonly signInButton: Locator
  /** Over a page whose person is signed in no more. */
  readonly sessionBar: Locator
  /** That the device of the page is connected now, or is not; the fact `Connected since` beside it is another. */
  readonly deviceConnected: Locator
  readonly deviceDisconnected: Locator

  constructor(page: Page) {
    this.page = page
    this.connection = page.getByRole('button', { name: /^Connection:/ })
    this.personMenu = page.getByRole('button', { name: /\((viewer|operator|admin)\)$/ })
    this.sessionBar = page.getByRole('alert', { name: 'Session' })
    this.deviceConnected = page.getByText(/^Connected(?! since)/)
    this.deviceDisconnected = page.getByText(/^Disconnected(?! since)/)
    this.account = page.locator('#top').getByText(/^\d{12}$|\b\d{12}$/)
    this.flashes = page.getByRole('region', { name: 'Notifications' })
    this.signInButton = page.getByRole('link', { name: 'Sign in' }).or(page.getByRole('button', { name: 'Sign in' }))
  }

  /** The client id of the page's MQTT session, as the details of the connection tell it. */
  async clientId(): Promise<string> {
    await this.connection.click()
    const details = this.page.getByRole('dialog', { name: 'MQTT session' })
    const clientId = await details
      .getByText(/^thingdeck-/)
      .first()
      .textContent()
    await this.page.keyboard.press('Escape')
    return clientId?.trim() ?? ''
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole('heading', { level: 1, name })
  }

  /** Opens `path` as somebody who signed in before, at the console that all specs share if the path names no other. */
  async enter(person: PersonName, path = '/things'): Promise<void> {
    const { origin, href } = new URL(path, stack.console)
    if (deployment !== undefined) return this.signIn(person, href)
    await this.page.context().addCookies(await signedIn(origin, person))
    await this.page.goto(href)
    await this.personMenu.waitFor()
  }

  /** Signs in at the issuer's page and comes back to `path`. */
  async signIn(person: PersonName, path = '/things'): Promise<void> {
    await this.page.goto(path)
    await this.signInButton.click()
    if (deployment === undefined) await this.page.getByRole('button', { name: person }).click()
    else await signInAtHostedPage(this.page, deployment, person)
    await this.personMenu.waitFor()
  }

  async signOut(): Promise<void> {
    await this.personMenu.click()
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click()
  }

  async goTo(name: string): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Side navigation' })
      .getByRole('link', { name, exact: true })
      .click()
  }
}
