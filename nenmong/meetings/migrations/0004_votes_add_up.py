from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_voters")]
    operations = [
        migrations.AlterField(
            model_name="vote", name="voters", field=models.PositiveIntegerField()
        ),
        migrations.RemoveConstraint(model_name="vote", name="meetings_tally_adds_up"),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=Q(way="ballot") | Q(voters=F("agreed") + F("against") + F("other")),
                name="meetings_hands_add_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=~Q(way="ballot")
                | Q(
                    returned=F("agreed") + F("against") + F("other") + F("spoiled"),
                    issued__gte=F("returned"),
                    voters__gte=F("issued"),
                ),
                name="meetings_ballots_add_up",
            ),
        ),
    ]
