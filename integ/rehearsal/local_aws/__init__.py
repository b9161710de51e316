"""A local AWS that deploys CloudFormation, refuses what AWS would refuse, and runs Lambda functions as their own roles.

ministack brings the services; this package adds what it lacks and what makes a rehearsal worth its name. One file per
concern; `__main__` puts them together. Read `README.md` beside this package for what it proves and what not.
"""
