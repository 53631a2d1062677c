import { buildWebApp } from '../scripts/web-build.ts'

/** The console is built once, before workers start products that serve it. */
export default async function setup(): Promise<void> {
  await buildWebApp()
}
