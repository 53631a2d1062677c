import { buildWebApp } from '../scripts/web-build.ts'
import { deployment } from './deployment.ts'

/** The console is built once, before workers start products that serve it. */
export default async function setup(): Promise<void> {
  if (deployment === undefined) await buildWebApp()
}
