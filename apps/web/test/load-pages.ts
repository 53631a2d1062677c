import { assemble } from '../src/app/assemble.ts'
import { FEATURES } from '../src/app/features.ts'
import { loadPage } from '../src/app/page-route.tsx'

/**
 * Has the code of pages there, with what other features show on them, before the first test of a file: on a busy machine
 * it takes longer than a test waits for what it looks for, and than the console waits for a page.
 * @param addresses as features give them to `definePage`: `/jobs/$jobId`
 */
export async function loadPages(...addresses: readonly string[]): Promise<void> {
  const assembly = assemble(FEATURES)
  await Promise.all(
    addresses.map((address) => {
      const page = assembly.pages.find(({ path }) => path === address)
      if (!page) throw new Error(`No page of the console has the address ${address}.`)
      return loadPage(page, assembly)
    }),
  )
}
