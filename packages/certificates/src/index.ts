export { certificateFacts } from './certificate-facts.ts'
