/** What starts the relay in the shell of whoever reads a message of it: here from its sources, elsewhere as a package. */
export const COMMAND = import.meta.filename.endsWith('.ts') ? 'npm run relay --' : 'npx earshot-relay';
