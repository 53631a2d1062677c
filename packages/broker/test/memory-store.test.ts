import { memoryStore } from '../src/index.ts'
import { storeSuite } from './store-suite.ts'

storeSuite('memoryStore', { open: memoryStore })
