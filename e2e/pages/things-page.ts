import type { Locator } from '@playwright/test'
import { ConsolePage } from './console-page.ts'

export class ThingsPage extends ConsolePage {
  row(thingName: string): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByRole('link', { name: thingName, exact: true }) })
  }

  async open(thingName: string): Promise<void> {
    await this.row(thingName).getByRole('link', { name: thingName, exact: true }).click()
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name })
  }

  async select(thingName: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: `Select ${thingName}` }).check()
  }

  async choose(menu: string, item: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: menu, exact: true }).click()
    await this.page.getByRole('menuitem', { name: item }).click()
  }

  async changeShadowsOfSelected(): Promise<void> {
    await this.page.getByRole('link', { name: /^Change in bulk/ }).click()
  }
}
