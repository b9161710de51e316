/**
 * The rooms of `src/` and their floors. A room imports from floors below its own, never sideways, never up, and never what is
 * in the `private/` of another. `src/private/` is everybody's. `handlers/` is bundled and imports no room, but for the rules of `checks/`, which know
 * nothing of the CDK: the function that corrects what breaks them is bundled with them, as the command is.
 */
const FLOORS: Record<string, number> = {
  names: 0,
  templates: 0,
  private: 0,
  stages: 1,
  roles: 2,
  checks: 3,
  network: 3,
  encryption: 3,
  corrective: 4,
  perimeter: 4,
  identity: 5,
  storage: 5,
  studio: 6,
  targets: 6,
  organization: 6,
  endpoints: 7,
  monitoring: 7,
  mlops: 8,
  environment: 9,
  detective: 10,
  spending: 10,
};

interface Zone {
  readonly target: string;
  readonly from: string[] | string;
  readonly message: string;
}

function zonesOfFloors(): Zone[] {
  return Object.entries(FLOORS).map(([room, floor]) => ({
    target: `./src/${room}`,
    from: Object.entries(FLOORS)
      .filter(([other, otherFloor]) => other !== room && other !== 'private' && otherFloor >= floor)
      .map(([other]) => `./src/${other}`)
      .concat('./src/handlers', './src/cli'),
    message: `floor ${floor} (${room}) imports only from the floors below it`,
  }));
}

function zonesOfPrivateFolders(): Zone[] {
  return Object.keys(FLOORS).filter((room) => room !== 'private').map((room) => ({
    target: `./src/!(${room})/**`,
    from: `./src/${room}/private`,
    message: `private/ of ${room} is its own: what others need is a file of the room`,
  }));
}

/** ESLint rules that hold the house together. */
export function floors(): Record<string, unknown> {
  const rooms = Object.keys(FLOORS).filter((room) => room !== 'checks').map((room) => `./src/${room}`);
  return {
    'import/no-restricted-paths': ['error', {
      zones: [
        ...zonesOfFloors(),
        ...zonesOfPrivateFolders(),
        { target: './src/cli', from: rooms, message: 'the command is bundled: it imports no room, only handlers/aws and the rules of checks/' },
        { target: './src/cli', from: './src/checks', except: ['./core', './rules'], message: 'the command is bundled: it imports only core/ and rules/ of checks/, which know nothing of the CDK' },
        { target: ['./src/checks/core/**', './src/checks/rules/**'], from: rooms.filter((room) => !room.endsWith('/roles')), message: 'rules know nothing of the CDK, so that the command is small: they import no room' },
        { target: ['./src/checks/core/**', './src/checks/rules/**'], from: './src/roles', except: ['./statements/image-account-list.ts'], message: 'of roles, rules import only the list of accounts that AWS keeps images in' },
        { target: './src/checks/core/**', from: './src/checks/rules', message: 'rules are made of what is in core/' },
        { target: './src/handlers', from: [...rooms, './src/cli'], message: 'handlers import no room' },
        { target: './src/handlers/!(corrective)/**', from: './src/checks', message: 'handlers import no room; the function that corrects alone knows rules' },
        { target: './src/handlers/corrective', from: './src/checks', except: ['./core', './rules'], message: 'the function is bundled: it imports only core/ and rules/ of checks/, which know nothing of the CDK' },
      ],
    }],
    'import/no-cycle': ['error', { ignoreExternal: true }],
  };
}
