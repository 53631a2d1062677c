import { createContext, use } from 'react'
import { type Assembly, assemble } from './assemble.ts'

const AssemblyContext = createContext<Assembly>(assemble([]))
export const AssemblyProvider = AssemblyContext

/** What the features of this console bring. */
export const useAssembly = (): Assembly => use(AssemblyContext)
